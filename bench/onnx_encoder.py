"""Text to vectors with ONNX Runtime and PyPI `tokenizers`: a peer by itself, and the encoder of the Python stack."""

from pathlib import Path

import numpy as np
import onnxruntime
from tokenizers import Tokenizer


class Encoder:
    """all-MiniLM-L6-v2, mean pooling, unit length; at most 256 tokens of a text. May be called by several threads."""

    def __init__(self, models: Path, file: str, threads: int) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        self.session = onnxruntime.InferenceSession(str(models / file), options, providers=["CPUExecutionProvider"])
        self.tokenizer = Tokenizer.from_file(str(models / "tokenizer.json"))
        self.tokenizer.no_padding()
        self.tokenizer.enable_truncation(256)

    def one(self, text: str) -> np.ndarray:
        """A vector [384] of one text, without padding and masks."""
        ids = np.array([self.tokenizer.encode(text).ids], dtype=np.int64)
        inputs = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
        vector = self.session.run(None, inputs)[0][0].mean(axis=0)
        return vector / np.linalg.norm(vector)

    def __call__(self, texts: list[str]) -> np.ndarray:
        """Vectors [texts, 384] of a batch."""
        if len(texts) == 1:
            return self.one(texts[0])[None]
        rows = [encoding.ids for encoding in self.tokenizer.encode_batch(texts)]
        ids = np.zeros((len(rows), max(map(len, rows))), dtype=np.int64)
        mask = np.zeros_like(ids)
        for place, row in enumerate(rows):
            ids[place, : len(row)] = row
            mask[place, : len(row)] = 1
        inputs = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        pooled = np.einsum("btd,bt->bd", self.session.run(None, inputs)[0], mask.astype(np.float32))
        return pooled / np.linalg.norm(pooled, axis=1, keepdims=True)
