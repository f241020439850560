"""Writes a BERT sentence encoder as ONNX from its safetensors weights, for tests of the `encoder` option.

    python export_encoder.py <folder of the weights> <target folder>

The target gets the layout that @huggingface/transformers loads: config.json, tokenizer.json, tokenizer_config.json and
onnx/model.onnx with inputs input_ids, attention_mask, token_type_ids and output last_hidden_state.
"""

import json
import math
import shutil
import sys
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from safetensors.numpy import load_file


class Graph:
    """Nodes and constants of an ONNX graph while it grows."""

    def __init__(self) -> None:
        self.nodes = []
        self.constants = {}

    def constant(self, name: str, value: np.ndarray) -> str:
        if name not in self.constants:
            self.constants[name] = numpy_helper.from_array(np.asarray(value, order="C"), name)
        return name

    def scalar(self, value: float) -> str:
        return self.constant(f"scalar_{value}", np.array(value, dtype=np.float32))

    def add(self, kind: str, *inputs: str, **attributes) -> str:
        name = f"{kind.lower()}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, list(inputs), [name], **attributes))
        return name


def build(config: dict, weights: dict[str, np.ndarray]) -> onnx.ModelProto:
    heads = config["num_attention_heads"]
    hidden = config["hidden_size"]
    epsilon = config["layer_norm_eps"]
    g = Graph()

    def dense(x: str, name: str) -> str:
        matrix = g.constant(f"{name}.weight", weights[f"{name}.weight"].T)
        return g.add("Add", g.add("MatMul", x, matrix), g.constant(f"{name}.bias", weights[f"{name}.bias"]))

    def norm(x: str, name: str) -> str:
        scale = g.constant(f"{name}.weight", weights[f"{name}.weight"])
        return g.add("LayerNormalization", x, scale, g.constant(f"{name}.bias", weights[f"{name}.bias"]), epsilon=epsilon, axis=-1)

    def split(x: str) -> str:
        shape = g.constant("split_shape", np.array([0, 0, heads, hidden // heads], dtype=np.int64))
        return g.add("Transpose", g.add("Reshape", x, shape), perm=[0, 2, 1, 3])

    def look_up(name: str, ids: str) -> str:
        return g.add("Gather", g.constant(name, weights[name]), ids, axis=0)

    length = g.add("Gather", g.add("Shape", "input_ids"), g.constant("one_index", np.array(1, dtype=np.int64)), axis=0)
    positions = g.add("Range", g.constant("zero", np.array(0, dtype=np.int64)), length, g.constant("step", np.array(1, dtype=np.int64)))
    x = g.add("Add", look_up("embeddings.word_embeddings.weight", "input_ids"), look_up("embeddings.token_type_embeddings.weight", "token_type_ids"))
    x = norm(g.add("Add", x, look_up("embeddings.position_embeddings.weight", positions)), "embeddings.LayerNorm")
    mask = g.add("Unsqueeze", g.add("Cast", "attention_mask", to=TensorProto.FLOAT), g.constant("mask_axes", np.array([1, 2], dtype=np.int64)))
    mask = g.add("Mul", g.add("Sub", g.scalar(1.0), mask), g.scalar(-1e9))
    for layer in range(config["num_hidden_layers"]):
        at = f"encoder.layer.{layer}"
        q, k, v = (split(dense(x, f"{at}.attention.self.{part}")) for part in ("query", "key", "value"))
        scores = g.add("Mul", g.add("MatMul", q, g.add("Transpose", k, perm=[0, 1, 3, 2])), g.scalar(1 / math.sqrt(hidden // heads)))
        mixed = g.add("MatMul", g.add("Softmax", g.add("Add", scores, mask), axis=-1), v)
        shape = g.constant("merge_shape", np.array([0, 0, hidden], dtype=np.int64))
        mixed = g.add("Reshape", g.add("Transpose", mixed, perm=[0, 2, 1, 3]), shape)
        x = norm(g.add("Add", x, dense(mixed, f"{at}.attention.output.dense")), f"{at}.attention.output.LayerNorm")
        inner = dense(x, f"{at}.intermediate.dense")
        # GELU as BERT has it: x / 2 * (1 + erf(x / sqrt 2)).
        erf = g.add("Erf", g.add("Mul", inner, g.scalar(1 / math.sqrt(2))))
        inner = g.add("Mul", g.add("Mul", inner, g.scalar(0.5)), g.add("Add", erf, g.scalar(1.0)))
        x = norm(g.add("Add", x, dense(inner, f"{at}.output.dense")), f"{at}.output.LayerNorm")
    g.nodes.append(helper.make_node("Identity", [x], ["last_hidden_state"]))
    inputs = [helper.make_tensor_value_info(n, TensorProto.INT64, ["batch", "length"]) for n in ("input_ids", "attention_mask", "token_type_ids")]
    output = helper.make_tensor_value_info("last_hidden_state", TensorProto.FLOAT, ["batch", "length", hidden])
    graph = helper.make_graph(g.nodes, "encoder", inputs, [output], list(g.constants.values()))
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    onnx.checker.check_model(model)
    return model


def main(source: Path, target: Path) -> None:
    config = json.loads((source / "config.json").read_text())
    (target / "onnx").mkdir(parents=True, exist_ok=True)
    onnx.save(build(config, load_file(source / "model.safetensors")), target / "onnx" / "model.onnx")
    for name in ("config.json", "tokenizer.json", "tokenizer_config.json", "special_tokens_map.json"):
        if (source / name).exists():
            shutil.copy(source / name, target / name)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(Path(sys.argv[1]), Path(sys.argv[2]))
