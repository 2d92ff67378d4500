"""Makes the base64 text in SafetensorsTests.swift: a file written by safetensors 0.8.0 (Python) with NumPy.

    python make_golden.py
"""
import base64
import numpy as np
from safetensors.numpy import save

tensors = {
    "generator.0.weight": np.array([[1.5, -2.0, 3.25], [0.0, 1e-3, 4.0]], dtype=np.float32),
    "counts": np.array([-1, 2, 2147483647], dtype=np.int32),
    "scale": np.array(0.1, dtype=np.float64),
    "empty": np.zeros((0, 4), dtype=np.float32),
}
text = {"kind": "ctgan", "quotes": 'a "b" \\ c\n\t\u00e9\U0001f426'}
print(base64.b64encode(save(tensors, metadata=text)).decode())
