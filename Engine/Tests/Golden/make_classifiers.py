#!/usr/bin/env python3
"""Makes, or checks, the golden files of the byte-level tokenizer's and the classifiers' tests.

Vocabularies are trained with the Hugging Face `tokenizers` library, or
counted, on texts of our own, weights are drawn from a seed. Token ids come from `tokenizers`,
logits from a forward pass in NumPy, in double precision, that shares nothing
with the Swift code. When the files are made, both are compared with what
`transformers` makes of the same files.

    pip install -r requirements-classifiers.txt
    python make_classifiers.py            # write the files
    python make_classifiers.py --check    # compare them with the manifest
"""

import argparse
import json
import pathlib
import sys

import numpy as np
import tokenizers

import classifier_models
import classifier_texts
from make_golden import sha256, write_lines

SEED = 20240301
MAXIMUM_TOKENS = 256
HERE = pathlib.Path(__file__).resolve().parent
FOLDER = HERE / "Classifiers"
SCRIPTS = ["make_classifiers.py", "classifier_models.py", "classifier_texts.py", "golden_texts.py", "make_golden.py"]
FAMILIES = ["bert", "roberta", "distilbert"]
SIZE_LIMIT = 1_200_000


def fail_unless(condition, complaint):
    if not condition:
        sys.exit(complaint)


def write_model(family):
    """The files of a classifier; gives the tokenizer and the classifier as transformers reads them."""
    import torch
    import transformers

    folder = FOLDER / family
    folder.mkdir(parents=True, exist_ok=True)
    write = classifier_models.write_byte_level if family == "roberta" else classifier_models.write_word_pieces
    size = write(folder, classifier_texts.training_texts(SEED))
    config = classifier_models.configuration(family, size)
    classifier_models.write_json(folder / "config.json", config)
    parsed = transformers.AutoConfig.from_pretrained(folder)
    shapes = transformers.AutoModelForSequenceClassification.from_config(parsed).state_dict()
    shapes = {name: tuple(weights.shape) for name, weights in shapes.items() if weights.dtype == torch.float32}
    classifier_models.write_weights(folder / "model.safetensors", shapes, SEED + FAMILIES.index(family))
    model = transformers.AutoModelForSequenceClassification.from_pretrained(folder).double().eval()
    return transformers.AutoTokenizer.from_pretrained(folder), model


def classify(family):
    """Each text with its logits, after a look at what transformers says."""
    import torch

    theirs, model = write_model(family)
    folder = FOLDER / family
    tokenizer = classifier_models.byte_level if family == "roberta" else classifier_models.word_pieces
    tokenizer = tokenizer(folder, classifier_models.POSITIONS)
    classifier = classifier_models.Classifier(folder)
    lines, worst = [], 0
    for text in classifier_texts.classified_texts(SEED):
        ids = tokenizer.encode(text).ids
        known = theirs(text, truncation=True, max_length=classifier_models.POSITIONS)["input_ids"]
        fail_unless(ids == known, f"transformers has other tokens for {text!r}: {known}, not {ids}")
        logits = classifier.logits(ids)
        with torch.no_grad():
            known = model(input_ids=torch.tensor([ids]), attention_mask=torch.ones(1, len(ids))).logits[0].numpy()
        worst = max(worst, np.abs(logits - known).max())
        lines.append({"model": family, "text": text, "ids": ids, "logits": [round(float(logit), 7) for logit in logits]})
    print(f"{family}: {len(lines)} texts, logits differ from those of transformers by {worst:.1e} at most")
    fail_unless(worst < 1e-9, "That is too much.")
    return lines


def tokens():
    plain = classifier_models.byte_level(FOLDER / "roberta", MAXIMUM_TOKENS)
    prefixed = classifier_models.byte_level(FOLDER / "roberta", MAXIMUM_TOKENS, add_prefix_space=True)
    for text in classifier_texts.token_texts(SEED):
        yield {"text": text, "ids": plain.encode(text).ids, "prefixed": prefixed.encode(text).ids}


def shuffled():
    folder = FOLDER / "shuffled"
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer = classifier_models.write_shuffled(folder, SEED)
    return [{"text": text, "ids": tokenizer.encode(text).ids} for text in classifier_texts.shuffled_texts(SEED)]


def compare_tokens():
    """Holds the parts put together here against the tokenizer that transformers makes."""
    import transformers

    for add_prefix_space in [False, True]:
        theirs = transformers.AutoTokenizer.from_pretrained(FOLDER / "roberta", add_prefix_space=add_prefix_space)
        ours = classifier_models.byte_level(FOLDER / "roberta", MAXIMUM_TOKENS, add_prefix_space)
        for text in classifier_texts.token_texts(SEED):
            known = theirs(text, truncation=True, max_length=MAXIMUM_TOKENS)["input_ids"]
            fail_unless(ours.encode(text).ids == known, f"transformers has other tokens for {text!r}: {known}")


def files():
    return sorted(
        path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*") if path.is_file() and path.name != "manifest.json"
    )


def manifest():
    return {
        "scripts": {name: sha256(HERE / name) for name in SCRIPTS},
        "seed": SEED,
        "maximum_tokens": MAXIMUM_TOKENS,
        "libraries": {"numpy": np.__version__, "tokenizers": tokenizers.__version__},
        "files": {
            name: {"bytes": (FOLDER / name).stat().st_size, "sha256": sha256(FOLDER / name)} for name in files()
        },
    }


def make():
    write_lines(FOLDER / "logits.jsonl", [line for family in FAMILIES for line in classify(family)])
    compare_tokens()
    write_lines(FOLDER / "tokens.jsonl", tokens())
    write_lines(FOLDER / "shuffled_tokens.jsonl", shuffled())
    result = manifest()
    total = sum(file["bytes"] for file in result["files"].values())
    fail_unless(total <= SIZE_LIMIT, f"The golden files have {total} bytes; {SIZE_LIMIT} are allowed.")
    (FOLDER / "manifest.json").write_text(json.dumps(result, indent=2) + "\n")


def check():
    known = json.loads((FOLDER / "manifest.json").read_text())
    found = manifest()
    # Other versions may make the same files; only the files must not differ.
    faults = [part for part in ["scripts", "seed", "maximum_tokens", "files"] if known[part] != found[part]]
    complaint = f"The manifest does not fit in: {', '.join(faults)}. Run make_classifiers.py again, and look at the changes."
    fail_unless(not faults, complaint)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="only compare the files with the manifest")
    (check if parser.parse_args().check else make)()


if __name__ == "__main__":
    main()
