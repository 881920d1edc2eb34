"""Small sequence classifiers with random weights, and a forward pass for them in NumPy, in double precision."""

import collections
import json
import math
import random
import struct

import numpy as np
import tokenizers
from tokenizers.models import BPE
from tokenizers.normalizers import BertNormalizer
from tokenizers.pre_tokenizers import BertPreTokenizer, ByteLevel
from tokenizers.processors import RobertaProcessing

import make_golden

HIDDEN, WIDE, LAYERS, POSITIONS = 32, 64, 2, 64
SPECIAL = ["<s>", "<pad>", "</s>", "<unk>"]
# What is found in text as it is written; all but the first only to be tested.
ADDED = {
    "<mask>": {"lstrip": True, "special": True},
    "<b>": {"rstrip": True, "special": True},
    "<b>old": {"normalized": True},
    "ld": {"normalized": True},
    "ldo": {"normalized": True},
}


def write_json(path, value):
    path.write_text(json.dumps(value, indent=1, sort_keys=True) + "\n", encoding="ascii", newline="\n")


def write_byte_level(folder, texts):
    """Trains a byte-level BPE, and writes it as RoBERTa's is published."""
    bpe = tokenizers.ByteLevelBPETokenizer()
    bpe.train_from_iterator(texts, vocab_size=560, min_frequency=2, special_tokens=SPECIAL, show_progress=False)
    bpe.save_model(str(folder))
    vocabulary = json.loads((folder / "vocab.json").read_text(encoding="utf-8"))
    vocabulary["<mask>"] = len(vocabulary)
    write_json(folder / "vocab.json", vocabulary)
    decoder = {}
    for name in SPECIAL + list(ADDED):
        number = vocabulary.setdefault(name, len(vocabulary))
        flags = {"lstrip": False, "normalized": False, "rstrip": False, "single_word": False, "special": name in SPECIAL}
        decoder[str(number)] = {"content": name} | flags | ADDED.get(name, {})
    write_json(folder / "tokenizer_config.json", {
        "add_prefix_space": False, "added_tokens_decoder": decoder, "bos_token": "<s>", "cls_token": "<s>",
        "eos_token": "</s>", "mask_token": "<mask>", "model_max_length": POSITIONS, "pad_token": "<pad>",
        "sep_token": "</s>", "tokenizer_class": "RobertaTokenizer", "unk_token": "<unk>",
    })
    return len(vocabulary)


def byte_level(folder, maximum_tokens, add_prefix_space=False):
    """The tokenizer in `folder`, put together from parts of `tokenizers`."""
    model = BPE.from_file(str(folder / "vocab.json"), str(folder / "merges.txt"))
    tokenizer = tokenizers.Tokenizer(model)
    tokenizer.pre_tokenizer = ByteLevel(add_prefix_space=add_prefix_space)
    settings = json.loads((folder / "tokenizer_config.json").read_text())
    for _, fields in sorted(settings["added_tokens_decoder"].items(), key=lambda entry: int(entry[0])):
        tokenizer.add_tokens([tokenizers.AddedToken(**fields)])
    tokenizer.post_processor = RobertaProcessing(
        ("</s>", tokenizer.token_to_id("</s>")), ("<s>", tokenizer.token_to_id("<s>")), add_prefix_space=add_prefix_space
    )
    tokenizer.enable_truncation(maximum_tokens)
    return tokenizer


def write_shuffled(folder, seed):
    """A byte-level BPE whose merges come in any order, several of them to one token, as tokenizer.json."""
    random_ = random.Random(seed)
    words = set()
    while len(words) < 60:
        words.add("".join(random_.choice("abcĠ") for _ in range(random_.randint(2, 6))))
    for word in sorted(words):
        words |= {word[:length] for length in range(2, len(word))}
    names = SPECIAL + ["<mask>", *sorted(ByteLevel.alphabet()), *sorted(words)]
    pairs = [(word[:cut], word[cut:]) for word in sorted(words) for cut in range(1, len(word))]
    pairs = [pair for pair in pairs if pair[0] in names and pair[1] in names]
    random_.shuffle(pairs)
    tokenizer = tokenizers.Tokenizer(BPE({name: number for number, name in enumerate(names)}, pairs))
    tokenizer.pre_tokenizer = ByteLevel(add_prefix_space=True)
    tokenizer.add_special_tokens([*SPECIAL, tokenizers.AddedToken("<mask>", lstrip=True, special=True)])
    tokenizer.post_processor = RobertaProcessing(("</s>", 2), ("<s>", 0))
    tokenizer.save(str(folder / "tokenizer.json"))
    return tokenizer


def write_word_pieces(folder, texts):
    """A vocabulary of the commonest words and endings, written as BERT's is published.

    Counted here: what `tokenizers` trains has another order every time.
    """
    normalizer, splitter = BertNormalizer(), BertPreTokenizer()
    words = [word for text in texts for word, _ in splitter.pre_tokenize_str(normalizer.normalize_str(text))]
    letters = sorted({letter for word in words for letter in word})
    counts = collections.Counter(words), collections.Counter("##" + word[-3:] for word in words if len(word) > 4)
    common = [sorted(count, key=lambda part: (-count[part], part))[:40] for count in counts]
    names = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *letters, *("##" + letter for letter in letters)]
    names += [part for parts in common for part in parts if part not in letters]
    (folder / "vocab.txt").write_text("".join(name + "\n" for name in names), encoding="utf-8", newline="\n")
    write_json(folder / "tokenizer_config.json", {
        "do_lower_case": True, "model_max_length": POSITIONS, "tokenizer_class": "BertTokenizer",
    })
    return len(names)


def word_pieces(folder, maximum_tokens):
    pieces = tokenizers.BertWordPieceTokenizer(str(folder / "vocab.txt"))
    pieces.enable_truncation(maximum_tokens)
    return pieces


def configuration(family, vocabulary_size):
    labels = {"bert": ["tense", "warm", "dark", "funny"], "roberta": ["anger", "joy", "neutral"], "distilbert": []}[family]
    name = {"bert": "Bert", "roberta": "Roberta", "distilbert": "DistilBert"}[family]
    config = {"architectures": [f"{name}ForSequenceClassification"], "model_type": family, "vocab_size": vocabulary_size}
    if labels:
        config["id2label"] = {str(number): label for number, label in enumerate(labels)}
        config["label2id"] = {label: number for number, label in enumerate(labels)}
    if family == "distilbert":
        return config | {
            "activation": "gelu", "dim": HIDDEN, "hidden_dim": WIDE, "max_position_embeddings": POSITIONS, "n_heads": 4,
            "n_layers": LAYERS, "pad_token_id": 0, "seq_classif_dropout": 0.2, "sinusoidal_pos_embds": False,
        }
    return config | {
        "hidden_act": "gelu", "hidden_size": HIDDEN, "intermediate_size": WIDE, "num_hidden_layers": LAYERS,
        "num_attention_heads": 4 if family == "bert" else 2, "layer_norm_eps": 1e-12 if family == "bert" else 1e-5,
        "type_vocab_size": 2 if family == "bert" else 1, "position_embedding_type": "absolute",
        # RoBERTa counts positions from the one behind its padding token's id.
        "max_position_embeddings": POSITIONS if family == "bert" else POSITIONS + 2,
        "pad_token_id": 0 if family == "bert" else 1,
        "problem_type": "multi_label_classification" if family == "bert" else "single_label_classification",
    }


def renamed(name):
    """BERT's name of a tensor of DistilBERT."""
    for old, new in [
        ("transformer.layer", "encoder.layer"), ("attention.q_lin", "attention.self.query"),
        ("attention.k_lin", "attention.self.key"), ("attention.v_lin", "attention.self.value"),
        ("attention.out_lin", "attention.output.dense"), ("sa_layer_norm", "attention.output.LayerNorm"),
        ("ffn.lin1", "intermediate.dense"), ("ffn.lin2", "output.dense"), ("output_layer_norm", "output.LayerNorm"),
    ]:
        name = name.replace(old, new)
    return name


def write_weights(path, shapes, seed):
    """Random weights of these shapes, in the order of their names."""
    random_ = np.random.default_rng(seed)
    header, data = {"__metadata__": {"format": "pt"}}, b""
    for name, shape in sorted(shapes.items()):
        weights = random_.normal(size=shape)
        if name.endswith("norm.weight") or name.endswith("Norm.weight"):
            weights = 1 + 0.2 * weights
        elif len(shape) == 1 or "embeddings" in name:
            weights = 0.5 * weights
        else:
            weights = 2 * weights / math.sqrt(shape[1])
        header[name] = {"dtype": "F32", "shape": list(shape), "data_offsets": [len(data), len(data) + 4 * weights.size]}
        data += weights.astype("<f4").tobytes()
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(struct.pack("<Q", len(text)) + text + data)


class Classifier(make_golden.Encoder):
    """A classifier, for one text at a time: no padding, no mask."""

    def __init__(self, folder):
        super().__init__(folder)
        self.family = self.config["model_type"]
        prefix = self.family + "."
        self.weights = {renamed(name.removeprefix(prefix)): weights for name, weights in self.weights.items()}
        if self.family == "distilbert":
            self.config |= {"num_attention_heads": self.config["n_heads"], "num_hidden_layers": self.config["n_layers"]}
            self.config["layer_norm_eps"] = 1e-12

    def positions(self, ids):
        if self.family != "roberta":
            return list(range(len(ids)))
        padding, positions, last = self.config["pad_token_id"], [], self.config["pad_token_id"]
        for token in ids:
            last += token != padding
            positions.append(padding if token == padding else last)
        return positions

    def states(self, ids):
        x = self.weights["embeddings.word_embeddings.weight"][ids]
        x = x + self.weights["embeddings.position_embeddings.weight"][self.positions(ids)]
        if self.family != "distilbert":
            x = x + self.weights["embeddings.token_type_embeddings.weight"][0]
        x = self.norm("embeddings.LayerNorm", x)
        for layer in range(self.config["num_hidden_layers"]):
            prefix = f"encoder.layer.{layer}."
            attended = self.linear(prefix + "attention.output.dense", self.attention(prefix + "attention.self.", x))
            x = self.norm(prefix + "attention.output.LayerNorm", attended + x)
            wide = self.linear(prefix + "intermediate.dense", x)
            wide = 0.5 * wide * (1 + self.erf(wide / math.sqrt(2)))
            x = self.norm(prefix + "output.LayerNorm", self.linear(prefix + "output.dense", wide) + x)
        return x

    def logits(self, ids):
        first = self.states(ids)[:1]
        if self.family == "bert":
            return self.linear("classifier", np.tanh(self.linear("pooler.dense", first)))[0]
        if self.family == "roberta":
            return self.linear("classifier.out_proj", np.tanh(self.linear("classifier.dense", first)))[0]
        return self.linear("classifier", np.maximum(self.linear("pre_classifier", first), 0))[0]
