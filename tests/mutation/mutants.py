"""The small mistakes that somebody could make in a module: each is one change of its syntax tree."""

import ast
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from functools import partial
from typing import Any

ENUMS = {
    "Phase": ("SCREEN", "TEACH", "WARM_UP", "SET", "HOLD", "CHECK_IN", "REST", "COOL_DOWN", "PAUSED", "STOPPED", "FINISHED"),
    "Intent": ("STOP", "PAIN", "NERVE", "DISTRESS", "RESUME", "YES", "NO", "UNSURE", "PAUSE"),
    "Stage": ("SUSPECTED", "CONFIRMED", "WITHDRAWN"),
}
"""A member is taken for the next one: the mistake that a table invites."""
COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
RECKONED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
}
CONDITIONS = (ast.Name, ast.Attribute, ast.Call, ast.NamedExpr)
"""Other conditions are turned where they are made."""
SHOWN = 110


@dataclass(frozen=True, slots=True)
class Mutant:
    """`change` in `where` (a function, with its class, or a constant; "" for the rest of the module) of the module `path`, on `line`.

    It is the `of`-th change of the `number`-th node of what `source` says.
    """

    path: str
    where: str
    line: int
    change: str
    source: str
    number: int
    of: int

    def __str__(self) -> str:
        return f"{self.path}:{self.line} {self.where or '(module)'}: {self.change}"

    def tree(self) -> ast.Module:
        """The module with this change in it."""
        tree = ast.parse(self.source)
        nodes = [node for node, _ in _placed(tree, "")]
        _changes(nodes[self.number], _texts(nodes))[self.of].apply()
        return ast.fix_missing_locations(tree)


@dataclass(frozen=True, slots=True)
class _Change:
    apply: Callable[[], object]
    without: str = ""
    """What is left out, where that says more than what is left."""


def mutants(path: str, source: str) -> Iterator[Mutant]:
    """All of them, from the first line to the last."""
    nodes = list(_placed(ast.parse(source), ""))
    texts = _texts([node for node, _ in nodes])
    for number, (node, where) in enumerate(nodes):
        before = _shown(node)
        for of in range(len(_changes(node, texts))):
            twin = deepcopy(node)
            change = _changes(twin, texts)[of]
            change.apply()
            told = f"{before} without {change.without}" if change.without else f"{before} -> {_shown(twin)}"
            yield Mutant(path, where, getattr(node, "lineno", 0), told, source, number, of)


def _texts(nodes: list[ast.AST]) -> list[str]:
    return sorted({node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)})


def _shown(node: ast.AST) -> str:
    text = " ".join(ast.unparse(node).split())
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"


def _placed(node: ast.AST, where: str) -> Iterator[tuple[ast.AST, str]]:
    """Every node that may be changed, with where it stands. Not docstrings, annotations, decorators, imports, nor what an error says."""
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns", "decorator_list", "names", "bases", "exc"):
            continue
        for child in value if isinstance(value, list) else [value]:
            if not isinstance(child, ast.AST) or _is_text(child):
                continue
            inner = where
            match child:
                case ast.FunctionDef(name=called) | ast.ClassDef(name=called):
                    inner = f"{where}.{called}" if where else called
                case ast.Assign(targets=[ast.Name(id=called)]) | ast.AnnAssign(target=ast.Name(id=called)) if not where:
                    inner = called
            yield child, inner
            yield from _placed(child, inner)


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _changes(node: Any, texts: list[str]) -> list[_Change]:
    """What can be changed in `node`. A text is taken for the next one of `texts`, all of the module's."""
    return [*_turned(node, texts), *_left_out(node)]


def _turned(node: Any, texts: list[str]) -> Iterator[_Change]:
    match node:
        case ast.Compare(ops=[compared]) if type(compared) in COMPARED:
            yield _Change(lambda: node.ops.__setitem__(0, COMPARED[type(compared)]()))
        case ast.BoolOp(op=op):
            yield _Change(lambda: setattr(node, "op", ast.Or() if isinstance(op, ast.And) else ast.And()))
        case ast.UnaryOp(op=ast.Not()):
            yield _Change(lambda: _turn_into(node, ast.Call(ast.Name("bool", ast.Load()), [node.operand], [])))
        case ast.BinOp(op=op) | ast.AugAssign(op=op) if type(op) in RECKONED:
            yield _Change(lambda: setattr(node, "op", RECKONED[type(op)]()))
        case ast.Constant(value=value) if isinstance(value, bool | int | float | str):
            yield _Change(lambda: setattr(node, "value", _other(value, texts)))
        case ast.Attribute(value=ast.Name(id=enum), attr=member) if member in ENUMS.get(enum, ()):
            members = ENUMS[enum]
            yield _Change(lambda: setattr(node, "attr", members[(members.index(member) + 1) % len(members)]))
        case ast.If(test=test) | ast.While(test=test) | ast.IfExp(test=test) if isinstance(test, CONDITIONS):
            yield _Change(lambda: setattr(node, "test", ast.UnaryOp(ast.Not(), test)))


def _left_out(node: Any) -> Iterator[_Change]:
    match node:
        case ast.Set(elts=elements) | ast.List(elts=elements, ctx=ast.Load()) | ast.Tuple(elts=[_, _, _, *_] as elements, ctx=ast.Load()):
            named = isinstance(node, ast.Tuple) and not all(isinstance(one, ast.Name | ast.Attribute | ast.Tuple) for one in elements)
            for n, element in enumerate([] if named else elements):
                yield _Change(partial(_drop, node, n), _shown(element))
        case ast.Dict(keys=keys, values=values):
            for n, key in enumerate(keys):
                yield _Change(partial(_drop_pair, keys, values, n), _shown(key) if key else "**")
        case ast.Match(cases=[_, _, *_] as cases):
            for n, case in enumerate(cases):
                yield _Change(partial(cases.pop, n), f"case {_shown(case.pattern)}")
        case ast.Expr() | ast.AugAssign() | ast.Raise() | ast.Break() | ast.Continue() | ast.Return(value=None):
            yield _Change(lambda: _turn_into(node, ast.Pass()))
        case ast.Assign(targets=[ast.Attribute() | ast.Subscript() | ast.Tuple(elts=[ast.Attribute(), *_])]):
            yield _Change(lambda: _turn_into(node, ast.Pass()))
        case ast.Return(value=value) if not (isinstance(value, ast.Constant) and value.value is None):
            yield _Change(lambda: setattr(node, "value", ast.Constant(None)))


def _other(value: object, texts: list[str]) -> object:
    if isinstance(value, bool):
        return not value
    if isinstance(value, str):
        return texts[(texts.index(value) + 1) % len(texts)] if len(texts) > 1 else f"{value}?"
    return value + 1 if isinstance(value, int | float) else value


def _drop(node: Any, n: int) -> None:
    node.elts.pop(n)
    if isinstance(node, ast.Set) and not node.elts:
        _turn_into(node, ast.Call(ast.Name("set", ast.Load()), [], []))


def _drop_pair(keys: list[ast.expr | None], values: list[ast.expr], n: int) -> None:
    keys.pop(n)
    values.pop(n)


def _turn_into(node: Any, other: Any) -> None:
    """Has `node` be `other`, in its place."""
    line = {"lineno": node.lineno, "col_offset": node.col_offset}
    node.__class__ = other.__class__
    node.__dict__.clear()
    node.__dict__.update(other.__dict__ | line)
