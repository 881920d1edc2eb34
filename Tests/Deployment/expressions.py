"""GitHub's `${{ }}` expressions, as far as main.yaml uses them. What is not known here raises, so that nothing is guessed.

Comparison, truth and conversion follow GitHub's reference "Evaluate expressions in workflows and actions".
"""

import hashlib
import json
import re
from pathlib import Path

STATUS_FUNCTIONS = {"success", "failure", "cancelled", "always"}
# In these an unknown name is the empty string, as on GitHub; in all others it is an error here.
OPEN_CONTEXTS = {"secrets", "vars", "steps", "needs", "env"}

TOKEN = re.compile(
    r"\s*(?:(?P<string>'(?:[^']|'')*')|(?P<number>-?\d+(?:\.\d+)?)|(?P<name>[A-Za-z_][\w-]*)|(?P<mark>&&|\|\||==|!=|[!().,]))"
)


class ExpressionError(Exception):
    pass


def tokens(text: str) -> list[tuple[str, str]]:
    found, position = [], 0
    text = text.strip()
    while position < len(text):
        match = TOKEN.match(text, position)
        if not match:
            raise ExpressionError(f"not understood: {text[position:]!r} in {text!r}")
        found.append((match.lastgroup, match[match.lastgroup]))
        position = match.end()
    return found


def truth(value) -> bool:
    return value not in (None, False, 0, "")


def text_of(value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict | list):
        return json.dumps(value)
    return str(value)


def equal(left, right) -> bool:
    """Strings are compared without case; values of different kinds as numbers."""
    if isinstance(left, str) and isinstance(right, str):
        return left.lower() == right.lower()

    def number(value) -> float:
        if value is None or value == "":
            return 0.0
        try:
            return float(value)
        except (TypeError, ValueError):
            return float("nan")

    return number(left) == number(right)


class Evaluation:
    """One expression. It is parsed whole; `contexts` holds GitHub's contexts, and `job.status` for the status functions."""

    def __init__(self, text: str, contexts: dict, folder: Path | None = None):
        self.text, self.contexts, self.folder = text, contexts, folder
        self.rest = tokens(text)

    def value(self):
        value = self.either()
        if self.rest:
            raise ExpressionError(f"unexpected {self.rest[0][1]!r} in {self.text!r}")
        return value

    def accept(self, *marks: str) -> str | None:
        if self.rest and self.rest[0][0] == "mark" and self.rest[0][1] in marks:
            return self.rest.pop(0)[1]
        return None

    def expect(self, mark: str):
        if not self.accept(mark):
            raise ExpressionError(f"{mark!r} is missing in {self.text!r}")

    def either(self):
        value = self.both()
        while self.accept("||"):
            other = self.both()
            value = value if truth(value) else other
        return value

    def both(self):
        value = self.comparison()
        while self.accept("&&"):
            other = self.comparison()
            value = other if truth(value) else value
        return value

    def comparison(self):
        value = self.negation()
        while mark := self.accept("==", "!="):
            value = equal(value, self.negation()) == (mark == "==")
        return value

    def negation(self):
        return not truth(self.negation()) if self.accept("!") else self.operand()

    def operand(self):
        if self.accept("("):
            value = self.either()
            self.expect(")")
            return value
        if not self.rest:
            raise ExpressionError(f"{self.text!r} ends too early")
        kind, token = self.rest.pop(0)
        if kind == "string":
            return token[1:-1].replace("''", "'")
        if kind == "number":
            return float(token) if "." in token else int(token)
        if kind != "name":
            raise ExpressionError(f"unexpected {token!r} in {self.text!r}")
        if token in ("true", "false", "null"):
            return {"true": True, "false": False, "null": None}[token]
        return self.call(token) if self.accept("(") else self.property(token)

    def property(self, context: str):
        if context not in self.contexts:
            raise ExpressionError(f"there is no context {context!r} for {self.text!r}")
        value, path = self.contexts[context], context
        while self.accept("."):
            kind, name = self.rest.pop(0) if self.rest else ("", "")
            if kind != "name":
                raise ExpressionError(f"a name is missing after {path!r} in {self.text!r}")
            if context not in OPEN_CONTEXTS and (not isinstance(value, dict) or name not in value):
                raise ExpressionError(f"{path} has no {name!r} for {self.text!r}")
            value, path = value.get(name) if isinstance(value, dict) else None, f"{path}.{name}"
        return value

    def call(self, function: str):
        arguments = []
        if not self.accept(")"):
            arguments.append(self.either())
            while self.accept(","):
                arguments.append(self.either())
            self.expect(")")
        if function in STATUS_FUNCTIONS and not arguments:
            status = self.contexts.get("job", {}).get("status", "success")
            return function == "always" or function == {"cancelled": "cancelled", "failure": "failure"}.get(status, "success")
        if function == "hashFiles" and arguments:
            files = [file for pattern in arguments for file in sorted((self.folder or Path.cwd()).glob(pattern))]
            return hashlib.sha256(b"".join(hashlib.sha256(f.read_bytes()).digest() for f in files)).hexdigest() if files else ""
        raise ExpressionError(f"the function {function}() with {len(arguments)} arguments is not known: {self.text!r}")


def evaluate(text: str, contexts: dict, folder: Path | None = None):
    return Evaluation(text, contexts, folder).value()


def fill_in(template, contexts: dict, folder: Path | None = None) -> str:
    """A value of the workflow with every `${{ }}` in it replaced."""
    return re.sub(r"\$\{\{(.*?)\}\}", lambda m: text_of(evaluate(m[1], contexts, folder)), text_of(template), flags=re.DOTALL)


def condition_holds(condition, contexts: dict, folder: Path | None = None) -> bool:
    """An `if:`. Without a status function it also asks for success(); secrets cannot be asked for."""
    text = text_of(condition if condition is not None else "success()").strip()
    whole = re.fullmatch(r"\$\{\{(.*)\}\}", text, flags=re.DOTALL)
    text = whole[1] if whole else text
    if not any(re.search(rf"\b{name}\s*\(", text) for name in STATUS_FUNCTIONS):
        text = f"success() && ({text})"
    return truth(evaluate(text, {k: v for k, v in contexts.items() if k != "secrets"}, folder))
