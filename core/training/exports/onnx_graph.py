"""A plain Keras network → ONNX, layer by layer.

Within the graph, maps are in ONNX's order of axes (N, C, H, W); tiles go in, and maps come out, in
Keras' (N, H, W, C), so that every kind of export is used alike.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

import keras
import numpy as np
from keras import layers

from core import VERSION
from core.training.exports.kinds import UnknownLayerError

OPSET = 17
"""Of 2022: every runtime in use has it, and our layers need nothing newer."""

IR_VERSION = 8
"""The file format that came with it (docs/Versioning.md of ONNX)."""

TO_MAPS, TO_KERAS = (0, 3, 1, 2), (0, 2, 3, 1)
"""Orders of axes: (N, H, W, C) → (N, C, H, W), and back."""


def onnx_bytes(network: keras.Model) -> bytes:
    """The bytes of an `.onnx` file.

    Args:
        network: A functional model whose inputs are maps, each of whose layers is used once, with a
            dictionary of outputs. Their names are the graph's too; the first axis is "batch".

    Raises:
        UnknownLayerError: One of its layers is not in `_WRITERS`, or set in a way that is not.
    """
    from onnx import checker, helper

    graph = _Graph()
    names = {
        _key(entry): graph.add("Transpose", [entry.name], perm=TO_MAPS) for entry in network.inputs
    }
    for layer in network.layers:
        if isinstance(layer, layers.InputLayer):
            continue
        inputs = layer.input if isinstance(layer.input, list) else [layer.input]
        writer = _WRITERS.get(type(layer)) or _refuse
        names[_key(layer.output)] = writer(layer, [names[_key(one)] for one in inputs], graph)
    for name, tensor in network.output.items():
        found = names[_key(tensor)]
        if _is_map(tensor):
            graph.add("Transpose", [found], name=name, perm=TO_KERAS)
        else:
            graph.add("Identity", [found], name=name)
    model = helper.make_model(
        helper.make_graph(
            graph.nodes,
            network.name,
            [_value(entry.name, entry) for entry in network.inputs],
            [_value(name, tensor) for name, tensor in network.output.items()],
            graph.weights,
        ),
        opset_imports=[helper.make_opsetid("", OPSET)],
        ir_version=IR_VERSION,
        producer_name="glyphpad",
        producer_version=VERSION,
    )
    checker.check_model(model, full_check=True)
    return bytes(model.SerializeToString())


class _Graph:
    """Nodes and weights, in the order in which they are computed."""

    def __init__(self) -> None:
        self.nodes: list[Any] = []
        self.weights: list[Any] = []

    def add(self, op: str, inputs: list[str], *, name: str = "", **attributes: Any) -> str:
        """The name of the output of a further node."""
        from onnx import helper

        name = name or f"{op.lower()}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(op, inputs, [name], name=name, **attributes))
        return name

    def weight(self, values: Any) -> str:
        """The name of a constant, kept as float32."""
        from onnx import numpy_helper

        name = f"weight_{len(self.weights)}"
        # not ascontiguousarray, which makes a row of a single number
        array = np.asarray(values, np.float32, order="C")
        self.weights.append(numpy_helper.from_array(array, name))
        return name


def _convolution(layer: Any, inputs: list[str], graph: _Graph) -> str:
    kernel = graph.weight(np.asarray(layer.kernel).transpose(3, 2, 0, 1))
    bias = [graph.weight(layer.bias)] if layer.use_bias else []
    found = graph.add(
        "Conv",
        [*inputs, kernel, *bias],
        strides=layer.strides,
        dilations=layer.dilation_rate,
        group=layer.groups,
        pads=_pads(layer, layer.kernel_size, layer.dilation_rate),
    )
    return _activated(layer, found, graph)


def _dense(layer: Any, inputs: list[str], graph: _Graph) -> str:
    if _is_map(layer.input):
        return _refuse(layer, inputs, graph)
    bias = [graph.weight(layer.bias)] if layer.use_bias else []
    found = graph.add("Gemm", [*inputs, graph.weight(layer.kernel), *bias])
    return _activated(layer, found, graph)


def _activated(layer: Any, found: str, graph: _Graph) -> str:
    if layer.activation is keras.activations.linear:
        return found
    if layer.activation is keras.activations.relu:
        return graph.add("Relu", [found])
    return _refuse(layer, [found], graph)


def _relu(layer: Any, inputs: list[str], graph: _Graph) -> str:
    if layer.negative_slope or layer.threshold:
        return _refuse(layer, inputs, graph)
    if layer.max_value is not None:
        return graph.add("Clip", [*inputs, graph.weight(0), graph.weight(layer.max_value)])
    return graph.add("Relu", inputs)


def _rescaling(layer: Any, inputs: list[str], graph: _Graph) -> str:
    if np.ndim(layer.scale) or np.ndim(layer.offset):
        return _refuse(layer, inputs, graph)
    scaled = graph.add("Mul", [*inputs, graph.weight(layer.scale)])
    return graph.add("Add", [scaled, graph.weight(layer.offset)]) if layer.offset else scaled


def _resizing(layer: Any, inputs: list[str], graph: _Graph) -> str:
    special = layer.crop_to_aspect_ratio or layer.pad_to_aspect_ratio or layer.antialias
    if layer.interpolation != "bilinear" or special:
        return _refuse(layer, inputs, graph)
    sides = zip((layer.height, layer.width), layer.input.shape[1:3], strict=True)
    scales = [1, 1, *(_scale(wanted, length) for wanted, length in sides)]
    # TensorFlow's pixels have their centres at a half since version 2
    return graph.add(
        "Resize",
        [*inputs, "", graph.weight(scales)],
        mode="linear",
        coordinate_transformation_mode="half_pixel",
    )


def _scale(wanted: int, length: int) -> np.float32:
    """What `length` is multiplied by, and then rounded down, to get `wanted`. Sizes would be
    plainer, but they include the batch's, which is not known."""
    scale = np.float32(wanted / length)
    exact = int(scale * np.float32(length)) == wanted
    return scale if exact else np.nextafter(scale, np.float32(np.inf))


def _sum(_: Any, inputs: list[str], graph: _Graph) -> str:
    return graph.add("Sum", inputs)


def _product(_: Any, inputs: list[str], graph: _Graph) -> str:
    return graph.add("Mul", inputs)


def _concatenation(layer: Any, inputs: list[str], graph: _Graph) -> str:
    if layer.axis not in {-1, len(layer.output.shape) - 1}:
        return _refuse(layer, inputs, graph)
    return graph.add("Concat", inputs, axis=1)


def _pooling(op: str) -> Callable[[Any, list[str], _Graph], str]:
    def write(layer: Any, inputs: list[str], graph: _Graph) -> str:
        return graph.add(
            op,
            inputs,
            kernel_shape=layer.pool_size,
            strides=layer.strides,
            pads=_pads(layer, layer.pool_size, (1, 1)),
        )

    return write


def _global_pooling(op: str) -> Callable[[Any, list[str], _Graph], str]:
    def write(layer: Any, inputs: list[str], graph: _Graph) -> str:
        pooled = graph.add(op, inputs)
        return pooled if layer.keepdims else graph.add("Flatten", [pooled])

    return write


def _flatten(layer: Any, inputs: list[str], graph: _Graph) -> str:
    if _is_map(layer.input):
        inputs = [graph.add("Transpose", inputs, perm=TO_KERAS)]
    return graph.add("Flatten", inputs)


def _nothing(_: Any, inputs: list[str], __: _Graph) -> str:
    return inputs[0]


def _refuse(layer: Any, _: list[str], __: _Graph) -> str:
    raise UnknownLayerError("onnx", layer=f"{layer.name} ({type(layer).__name__})")


_WRITERS: Mapping[type, Callable[[Any, list[str], _Graph], str]] = MappingProxyType(
    {
        layers.Add: _sum,
        layers.AveragePooling2D: _pooling("AveragePool"),
        layers.Concatenate: _concatenation,
        layers.Conv2D: _convolution,
        layers.Dense: _dense,
        layers.Dropout: _nothing,
        layers.Flatten: _flatten,
        layers.GlobalAveragePooling2D: _global_pooling("GlobalAveragePool"),
        layers.GlobalMaxPooling2D: _global_pooling("GlobalMaxPool"),
        layers.Identity: _nothing,
        layers.MaxPooling2D: _pooling("MaxPool"),
        layers.Multiply: _product,
        layers.ReLU: _relu,
        layers.Rescaling: _rescaling,
        layers.Resizing: _resizing,
    }
)


def _pads(layer: Any, window: tuple[int, int], dilation: tuple[int, int]) -> list[int]:
    """What is added above, left, below and right; "same" adds the odd one at the end."""
    if layer.padding == "valid":
        return [0, 0, 0, 0]
    sides = zip(layer.input.shape[1:3], window, layer.strides, dilation, strict=True)
    wanted = [
        max((-(-length // stride) - 1) * stride + (size - 1) * step + 1 - length, 0)
        for length, size, stride, step in sides
    ]
    return [pad // 2 for pad in wanted] + [pad - pad // 2 for pad in wanted]


def _value(name: str, tensor: Any) -> Any:
    from onnx import TensorProto, helper

    return helper.make_tensor_value_info(name, TensorProto.FLOAT, ["batch", *tensor.shape[1:]])


def _is_map(tensor: Any) -> bool:
    """Whether it is (N, H, W, C), not (N, C)."""
    return len(tensor.shape) == len(TO_MAPS)


def _key(tensor: Any) -> int:
    """Keras' tensors compare as arrays do, so that only their identity can be looked up."""
    return id(tensor)
