"""The expressions of GitHub Actions and Azure Pipelines, as far as definitions of a build use them."""

import re

TOKEN = re.compile(r"\s*(?:('(?:[^']|'')*')|(\d+(?:\.\d+)?)|([A-Za-z_][\w-]*)|(==|!=|&&|\|\||[!()\[\].,*]))")


class Expression:
    """Reads and computes an expression in one pass; names are looked up in contexts, and functions are called."""

    def __init__(self, text, contexts, functions):
        self.text, self.contexts, self.functions = text, contexts, functions
        self.tokens, position = [], 0
        text = text.strip()
        while position < len(text):
            match = TOKEN.match(text, position)
            if not match:
                raise SystemExit(f"the expression '{text}' is not understood")
            self.tokens.append(match.groups())
            position = match.end()
        self.next = 0

    def value(self):
        value = self._or()
        if self.next < len(self.tokens):
            raise SystemExit(f"the expression '{self.text}' is not understood")
        return value

    def _is(self, *operators):
        if self.next < len(self.tokens) and self.tokens[self.next][3] in operators:
            self.next += 1
            return self.tokens[self.next - 1][3]
        return None

    def _or(self):
        value = self._and()
        while self._is("||"):
            other = self._and()
            value = value or other
        return value

    def _and(self):
        value = self._equality()
        while self._is("&&"):
            other = self._equality()
            value = value and other
        return value

    def _equality(self):
        value = self._unary()
        while operator := self._is("==", "!="):
            is_equal = text_of(value).lower() == text_of(self._unary()).lower()
            value = is_equal == (operator == "==")
        return value

    def _unary(self):
        if self._is("!"):
            return not self._unary()
        if self._is("("):
            value = self._or()
            self._is(")")
            return value
        return self._postfix()

    def _postfix(self):
        string, number, name, _ = self.tokens[self.next]
        self.next += 1
        if string is not None:
            return string[1:-1].replace("''", "'")
        if number is not None:
            return float(number) if "." in number else int(number)
        if name in ("true", "false", "null"):
            return {"true": True, "false": False, "null": None}[name]
        if self._is("("):
            arguments = []
            while not self._is(")"):
                arguments.append(self._or())
                self._is(",")
            if name not in self.functions:
                raise SystemExit(f"the function '{name}' in '{self.text}' is not imitated")
            return self.functions[name](*arguments)
        if name not in self.contexts:
            raise SystemExit(f"the context '{name}' in '{self.text}' is not imitated")
        value = self.contexts[name]
        while True:
            if self._is("."):
                key = self.tokens[self.next][2]
                self.next += 1
            elif self._is("["):
                key = self._or()
                self._is("]")
            else:
                return value
            value = value.get(key) if isinstance(value, dict) else None


def text_of(value):
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def expand(text, contexts, functions):
    """Replaces all ${{ }} in a text; alone, the value keeps its type."""
    if not isinstance(text, str):
        return text
    if (alone := re.fullmatch(r"\$\{\{(.*?)\}\}", text, re.DOTALL)) and "${{" not in alone[1]:
        return Expression(alone[1], contexts, functions).value()
    return re.sub(
        r"\$\{\{(.*?)\}\}", lambda match: text_of(Expression(match[1], contexts, functions).value()), text, flags=re.DOTALL)


COMMON = {
    "contains": lambda where, what: text_of(what).lower() in [text_of(one).lower() for one in where]
    if isinstance(where, list) else text_of(what).lower() in text_of(where).lower(),
    "startsWith": lambda text, start: text_of(text).lower().startswith(text_of(start).lower()),
    "endsWith": lambda text, end: text_of(text).lower().endswith(text_of(end).lower()),
    "format": lambda text, *values: re.sub(r"\{(\d+)\}", lambda match: text_of(values[int(match[1])]), text),
}
