import Mynah

/// What an operation costs besides its arithmetic, seen on tensors of four numbers: time an operation ÷ that of
/// allocating and releasing one object.
let graphSuite = Suite(name: "graph") { figures in
  let chain = 100
  let constant = Tensor([1, 2, 3, 4])
  let variable = constant.recorded
  func apply(to start: Tensor) -> Tensor {
    var x = start
    for _ in 0..<chain { x = x + start }
    return x
  }
  let cases: [(String, () -> Void)] = [
    ("unrecorded", { keep(apply(to: constant)) }),
    ("recorded", { keep(apply(to: variable)) }),
    ("recordedAndBack", { keep(gradients(of: apply(to: variable).sum(), withRespectTo: [variable])) }),
    (
      "twiceBack",
      {
        let first = gradients(of: apply(to: variable).squared().sum(), withRespectTo: [variable], createGraph: true)
        keep(gradients(of: first[0].sum(), withRespectTo: [variable]))
      }
    ),
  ]
  for (name, body) in cases {
    let timed = Timing.ratio(of: body, to: { for _ in 0..<chain { keep(Object()) } })
    figures.append(
      Figure(
        name: "graph.\(name)", ratio: timed.ratio,
        detail: "\(formatted(seconds: timed.body / Double(chain))), "
          + "an object \(formatted(seconds: timed.baseline / Double(chain)))"))
  }
}

private final class Object {
  let values = (0.0, 1.0, 2.0, 3.0)
}
