"""Reads a JSON list of cells from standard input, and writes the names each defines and uses. Executes nothing of them."""
import ast
import builtins
import json
import re
import sys

OF_THE_KERNEL = ["get_ipython", "display", "In", "Out", "_", "__", "___", "exit", "quit", "_ih", "_oh", "_dh", "__file__", "__name__", "__doc__"]


def without_magics(source):
    """Cell magics make the cell another language; lines of magics and shell commands are blanked or become assignments."""
    if re.match(r"\s*%%(?!time|timeit|capture|prun)", source):
        return ""
    lines = []
    for line in source.split("\n"):
        text = line.strip()
        indent = line[: len(line) - len(line.lstrip())]
        text = re.sub(r"^%(?:time|timeit|prun)\b(?:\s+-\w+(?:\s+\d+)?)*\s*", "", text)
        assigned = re.match(r"([\w, ]+)=\s*[%!]", text)
        if assigned:
            lines.append(indent + assigned.group(1) + "= None")
        elif text[:1] in ("%", "!") or text.endswith("?") and not text.startswith("#"):
            lines.append(indent + "pass")
        else:
            lines.append(indent + text if line.strip()[:1] == "%" else line)
    return "\n".join(lines)


class Names(ast.NodeVisitor):
    """One scope. What is used in a function's body is needed only when the function is called."""

    def __init__(self, parent=None, is_deferred=False):
        self.defined, self.used, self.later, self.outer = set(), set(), set(), set()
        self.parent, self.is_deferred, self.is_open = parent, is_deferred, False
        self.changed, self.imported = set(), set()

    def visit_Name(self, node):
        if isinstance(node.ctx, ast.Load):
            if node.id not in self.defined:
                self.used.add(node.id)
        elif isinstance(node.ctx, ast.Store):
            self.defined.add(node.id)
        elif node.id not in self.defined:
            self.used.add(node.id)

    @staticmethod
    def root(node):
        while isinstance(node, (ast.Attribute, ast.Subscript, ast.Call, ast.Await)):
            node = node.func if isinstance(node, ast.Call) else node.value
            # What a function returns is nobody's yet.
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                return None
        return node.id if isinstance(node, ast.Name) else None

    def visit_Attribute(self, node):
        if not isinstance(node.ctx, ast.Load):
            self.changed.add(self.root(node))
        self.generic_visit(node)

    visit_Subscript = visit_Attribute

    def visit_Expr(self, node):
        # Called for its effect.
        called = node.value.value if isinstance(node.value, ast.Await) else node.value
        if isinstance(called, ast.Call) and not isinstance(called.func, ast.Name):
            self.changed.add(self.root(called))
        self.generic_visit(node)

    def visit_AugAssign(self, node):
        if isinstance(node.target, ast.Name) and node.target.id not in self.defined:
            self.used.add(node.target.id)
        self.visit(node.value)
        self.visit(node.target)

    def visit_Assign(self, node):
        self.visit(node.value)
        for target in node.targets:
            self.visit(target)

    def visit_AnnAssign(self, node):
        self.visit(node.annotation)
        if node.value:
            self.visit(node.value)
            self.visit(node.target)

    def visit_For(self, node):
        for part in (node.iter, node.target, *node.body, *node.orelse):
            self.visit(part)

    visit_AsyncFor = visit_For

    def visit_Import(self, node):
        for name in node.names:
            if name.name == "*":
                self.is_open = True
            self.defined.add(name.asname or name.name.split(".")[0])
            self.imported.add(name.asname or name.name.split(".")[0])

    visit_ImportFrom = visit_Import

    def visit_Global(self, node):
        self.outer.update(node.names)

    visit_Nonlocal = visit_Global

    def visit_ExceptHandler(self, node):
        if node.type:
            self.visit(node.type)
        if node.name:
            self.defined.add(node.name)
        for part in node.body:
            self.visit(part)

    def visit_MatchAs(self, node):
        self.generic_visit(node)
        if node.name:
            self.defined.add(node.name)

    def visit_MatchStar(self, node):
        if node.name:
            self.defined.add(node.name)

    def visit_MatchMapping(self, node):
        self.generic_visit(node)
        if node.rest:
            self.defined.add(node.rest)

    def inner(self, parts, names=(), is_deferred=False):
        scope = Names(self, is_deferred)
        scope.defined.update(names)
        for part in parts:
            scope.visit(part)
        # A name may be used in a scope above the line that defines it, when that runs later.
        free = {name for name in scope.used if name not in scope.defined or name in scope.outer}
        self.defined.update(scope.defined & scope.outer)
        target = self.later if is_deferred else self.used
        target.update(name for name in free if is_deferred or name not in self.defined)
        self.later.update(scope.later - scope.defined)
        self.changed.update(scope.changed - scope.defined)
        self.imported.update(scope.imported)
        self.is_open |= scope.is_open

    def visit_FunctionDef(self, node):
        for part in (*node.decorator_list, *node.args.defaults, *filter(None, node.args.kw_defaults)):
            self.visit(part)
        for argument in ast.walk(node.args):
            if isinstance(argument, ast.arg) and argument.annotation:
                self.visit(argument.annotation)
        self.defined.add(node.name)
        self.inner(node.body, self.arguments(node.args), is_deferred=True)

    visit_AsyncFunctionDef = visit_FunctionDef

    def visit_Lambda(self, node):
        self.inner([node.body], self.arguments(node.args), is_deferred=True)

    @staticmethod
    def arguments(arguments):
        return [argument.arg for argument in ast.walk(arguments) if isinstance(argument, ast.arg)]

    def visit_ClassDef(self, node):
        for part in (*node.decorator_list, *node.bases, *(keyword.value for keyword in node.keywords)):
            self.visit(part)
        self.inner(node.body)
        self.defined.add(node.name)

    def comprehension(self, node):
        scope = []
        for generator in node.generators:
            scope += [generator.iter, generator.target, *generator.ifs]
        scope += [node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt]
        self.inner(scope)

    visit_ListComp = visit_SetComp = visit_DictComp = visit_GeneratorExp = comprehension


def read(source):
    names = Names()
    try:
        names.visit(ast.parse(without_magics(source)))
    except SyntaxError:
        # The kernel will say so when the cell is run.
        return {"defines": [], "uses": [], "later": [], "changes": [], "imports": [], "open": True}
    return {
        "defines": sorted(names.defined),
        "uses": sorted(names.used),
        "later": sorted(names.later - names.defined),
        "changes": sorted(names.changed - {None}),
        "imports": sorted(names.imported),
        "open": names.is_open or "%run" in source or "%load" in source or "%pylab" in source,
    }


json.dump({"known": sorted(dir(builtins)) + OF_THE_KERNEL, "cells": [read(source) for source in json.load(sys.stdin)]}, sys.stdout)
