import Mynah

// A tensor is an immutable array of numbers. A recorded one remembers what is computed from it.
let x = Tensor([1, 2, 3], scalarType: .float64).recorded
let y = (x * x * x).sum()
print("Σ x³       ", y.item)

// Gradients of a number with respect to what it was computed from: 3 x².
let slope = gradients(of: y, withRespectTo: [x], createGraph: true)[0]
print("its slope  ", slope.scalars)

// With createGraph the gradient is itself recorded, and can be differentiated again: 6 x.
let curvature = gradients(of: slope.sum(), withRespectTo: [x])[0]
print("curvature  ", curvature.scalars)

// Shapes broadcast from the right, as in NumPy; gradients are summed back.
let matrix = Tensor([1, 2, 3, 4, 5, 6], shape: [2, 3], scalarType: .float64).recorded
let row = Tensor([10, 20, 30], scalarType: .float64).recorded
let loss = (matrix + row).squared().mean()
let parts = gradients(of: loss, withRespectTo: [matrix, row])
print("of the row ", parts[1].scalars.map { ($0 * 100).rounded() / 100 })

// A matrix product; either factor may be taken transposed without copying it.
print("M Mᵀ       ", matmul(matrix, matrix, transposingSecond: true).scalars)
