import Mynah

// H v for a function of many variables without ever building H: the gradient of ⟨∇f, v⟩.
func hessianVectorProduct(_ function: (Tensor) -> Tensor, at point: Tensor, along vector: Tensor) -> Tensor {
  let x = point.recorded
  let slope = gradients(of: function(x), withRespectTo: [x], createGraph: true)[0]
  return gradients(of: (slope * vector).sum(), withRespectTo: [x])[0]
}

// Rosenbrock's valley in ten dimensions, Σ 100 (xᵢ₊₁ − xᵢ²)² + (1 − xᵢ)².
func rosenbrock(_ x: Tensor) -> Tensor {
  let (left, right) = (x.sliced(0..<9), x.sliced(1..<10))
  return ((right - left.squared()).squared() * 100 + (1 - left).squared()).sum()
}

// Newton's method: H d = −∇f is solved by conjugate gradients, which need nothing but H v.
func conjugateGradients(_ product: (Tensor) -> Tensor, _ target: Tensor) -> Tensor {
  var (solution, residual) = (Tensor.zeros(target.shape, scalarType: .float64), target)
  var direction = residual
  for _ in 0..<50 where residual.squared().sum().item > 1e-24 {
    let image = product(direction)
    let step = residual.squared().sum().item / (direction * image).sum().item
    let next = residual - image * step
    solution = solution + direction * step
    direction = next + direction * (next.squared().sum().item / residual.squared().sum().item)
    residual = next
  }
  return solution
}

var x = Tensor(repeating: 1.2, shape: [10], scalarType: .float64)
for step in 0..<8 {
  let variable = x.recorded
  let value = rosenbrock(variable)
  let slope = gradients(of: value, withRespectTo: [variable])[0]
  if step == 0 { print("at the start f is above 10:", value.item > 10) }
  if step == 7 { print("after seven steps it is below 1e-12:", value.item < 1e-12) }
  x = x + conjugateGradients({ hessianVectorProduct(rosenbrock, at: x, along: $0) }, -slope)
}
print("minimum at", x.scalars.map { ($0 * 1e6).rounded() / 1e6 })
