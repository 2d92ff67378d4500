"""Runs programs in turn and compares their times and memory: what race_evaluation.py stands on."""
import json, multiprocessing, os, statistics, subprocess, sys, tempfile, time
from collections import namedtuple

# Seconds on the clock and of all processors, peak MB, and what was printed.
Run = namedtuple("Run", "seconds cpu mb printed")


def run(command, threads):
    """A process from start to end, by the system's own count. This process has to stay small: a child's peak begins with
    what its parent held when it was started."""
    variables = dict.fromkeys(["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"], str(threads))
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as log:
        start = time.perf_counter()
        process = subprocess.Popen(command, stdout=out, stderr=log, env={**os.environ, **variables})
        _, status, usage = os.wait4(process.pid, 0)
        took = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            log.seek(0)
            said = log.read().decode(errors="replace")[-2000:]
            sys.exit(f"{' '.join(command)[:300]}\nended with {process.returncode}:\n{said}")
        out.seek(0)
        return Run(took, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, out.read().decode())


def apart(function, *words):
    """Prepares data in a process of its own, so that this one stays small."""
    child = multiprocessing.get_context("fork").Process(target=function, args=words)
    child.start(), child.join()
    if child.exitcode: sys.exit(f"{function.__name__} ended with {child.exitcode}")


class Race:
    """Mynah's program on one side, fresh Pythons on the other, and the figures so far."""

    def __init__(self, program, threads, repeats):
        self.program, self.threads, self.repeats, self.figures = program, threads, repeats, []

    def mynah(self, *words): return run([self.program, *words, "--threads", str(self.threads), "--quiet"], self.threads)

    def peer(self, code):
        """Runs code in a fresh Python, which prints one JSON object last."""
        done = run([sys.executable, "-W", "ignore", "-c", code], self.threads)
        return done, json.loads(done.printed.splitlines()[-1])

    def turns(self, *sides): return [[side() for side in sides] for _ in range(self.repeats)]

    def note(self, name, value, detail, least=None, most=None):
        """One line. A figure without a bound is only said."""
        kept = (least is None or value >= least) and (most is None or value <= most)
        bound = f"≥ {least:g}" if least is not None else f"≤ {most:g}" if most is not None else ""
        self.figures.append({"figure": name, "value": value, "required": bound, "kept": kept, **detail})
        shown = ", ".join(f"{k} {v:.4g}" if isinstance(v, float) else f"{k} {v}" for k, v in detail.items())
        print(f"{name:28} {value:<10.4g} {bound:8} {'' if kept else 'SHORT':6} {shown}", flush=True)

    def ratio(self, name, pairs, detail=None, least=None):
        """How many times longer the peer took: the median over (our seconds, the peer's seconds)."""
        middle = {"ours s": statistics.median(us for us, _ in pairs), "peer s": statistics.median(it for _, it in pairs)}
        self.note(name, statistics.median(it / us for us, it in pairs), {**middle, **(detail or {})}, least)


def process_detail(ours, theirs):
    """Medians of what does not depend on how crowded the machine is, or hardly."""
    median = lambda runs, key: statistics.median(getattr(one, key) for one in runs)
    return {"ours cpu s": median(ours, "cpu"), "peer cpu s": median(theirs, "cpu"),
            "ours MB": median(ours, "mb"), "peer MB": median(theirs, "mb")}
