"""The folds that Mynah's Detection draws from a seed, so that other tools can be asked about the same ones."""

WORD, LONG = 2**32 - 1, 2**64 - 1


def philox(key, low, high):
    """Philox4x32-10 (Salmon et al. 2011) as two numbers of 64 bits."""
    c0, c1, c2, c3 = low & WORD, low >> 32, high & WORD, high >> 32
    k0, k1 = key & WORD, key >> 32
    for _ in range(10):
        p0, p1 = 0xD2511F53 * c0, 0xCD9E8D57 * c2
        c0, c1, c2, c3 = (p1 >> 32) ^ c1 ^ k0, p1 & WORD, (p0 >> 32) ^ c3 ^ k1, p0 & WORD
        k0, k1 = (k0 + 0x9E3779B9) & WORD, (k1 + 0xBB67AE85) & WORD
    return c0 | c1 << 32, c2 | c3 << 32


def numbers(seed):
    """RandomSource's stream."""
    key, block = philox(seed, 0, 2)[0], 0
    while True:
        yield from philox(key, block, 0)
        block += 1


def below(stream, bound):
    """Swift's next(upperBound:)."""
    while True:
        product = next(stream) * bound
        if product & LONG >= bound or product & LONG >= 2**64 % bound:
            return product >> 64


def permutation(stream, count):
    """Swift's shuffle(using:) of 0, 1, …"""
    order = list(range(count))
    for place in range(count - 1):
        other = place + below(stream, count - place)
        order[place], order[other] = order[other], order[place]
    return order


def folds(real, synthetic, count=5, seed=1):
    """Places of rows, the real ones first, by fold."""
    stream, result = numbers(seed), [[] for _ in range(count)]
    for first, rows in ((0, real), (real, synthetic)):
        for place, row in enumerate(permutation(stream, rows)):
            result[place % count].append(first + row)
    return [sorted(rows) for rows in result]
