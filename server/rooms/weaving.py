"""Several script modules as one file: what each exports and imports stays between them, in the order of the standard.

Forty small requests over a far network are seconds until a phone is live; one request is not. Only the plain forms
that our scripts use are understood, and anything else is said at once: `import "a";`, `import { b, c as d } from "a";`
and `export` before a function, a class or a const. (A `let` could change later, and nobody would hear of it.)
"""

import re
from collections.abc import Iterable, Mapping

_IMPORT = re.compile(r'^import (?:\{([^{}]*)\} from )?"([^"]+)";', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function|class|const) (\w+))", re.MULTILINE)
_STRANGE = re.compile(r"^(?:import|export)\b.*|\bimport(?:\.meta\b|\().*", re.MULTILINE)


class CannotWeave(ValueError):
    """A module says something that this page does not understand, or modules import each other in a circle."""


def weave(entries: Iterable[str], modules: Mapping[str, str]) -> str:
    """One script that does what the `entries` do. `modules` holds the sources by the names they are imported by."""
    woven: dict[str, str] = {}
    for entry in entries:
        _add(entry, modules, woven, ())
    return "\n".join(["const modules = {};", *woven.values()])


def _add(name: str, modules: Mapping[str, str], woven: dict[str, str], above: tuple[str, ...]) -> None:
    """Put a module behind everything that it imports."""
    if name in woven:
        return
    if name in above:
        raise CannotWeave(f"{' imports '.join([*above, name])}: a circle")
    if name not in modules:
        raise CannotWeave(f"{above[-1] if above else 'a page'} imports {name}, which is not there")
    for _, imported in _IMPORT.findall(modules[name]):
        _add(imported, modules, woven, (*above, name))
    woven[name] = _wrapped(name, modules[name])


def _wrapped(name: str, source: str) -> str:
    """The module as a function of its own: its names are nobody else's."""
    exported = ", ".join(_EXPORT.findall(source))
    body = _EXPORT.sub("", _IMPORT.sub(_taken, source))
    if strange := _STRANGE.search(body):
        raise CannotWeave(f"{name}: {strange[0]}")
    return f'modules["{name}"] = (() => {{\n{body}\nreturn {{ {exported} }};\n}})();'


def _taken(found: re.Match[str]) -> str:
    names, imported = found.groups()
    return f'const {{{names.replace(" as ", ": ")}}} = modules["{imported}"];' if names else ""
