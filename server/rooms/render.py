"""Things to HTML: one environment per language, one partial per thing, drawn once for everyone who sees the same."""

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from live.seats import Audience
from live.sights import Thing
from live.views import Region, View
from server.naming import snake
from server.rooms.assets import Assets
from server.rooms.catalogue import LANGUAGES, translations
from server.rooms.wording import filters

WEB = Path(__file__).parents[2] / "web"
KEPT_DRAWINGS = 20_000
"""Drawn things kept for the next page or patch; a thing is some 1-2 KB of HTML."""


def partial(thing: Thing) -> str:
    """The template of a thing: PublicCard -> live/_public_card.html."""
    return f"live/_{snake(type(thing))}.html"


def own_words(language: str) -> Markup:
    """The attribute of what people wrote or said, on a page in another language than theirs (WCAG 2.2, 3.1.2)."""
    return Markup("") if language == "vi" else Markup(' lang="vi"')


@pass_context
def place(context: Context, name: str) -> Markup:
    """Draw all items of the region `name` of the page's view (template global)."""
    view: View = context["view"]
    region = next(region for region in view if region.name == name)
    render: Render = context["render"]
    return Markup(render.region(region, context["audience"], context["code"], context["language"]))  # noqa: S704 - drawn by autoescaping partials


class Render:
    """Draws pages and things. The templates, the words and the static files are read once."""

    def __init__(self, web: Path = WEB) -> None:
        self.assets = Assets(web / "static")
        self.version = self._version(web)
        self._environments = {language: self._environment(web, language) for language in LANGUAGES}
        self.thing = lru_cache(KEPT_DRAWINGS)(self._thing)

    def _environment(self, web: Path, language: str) -> Environment:
        environment = Environment(
            loader=FileSystemLoader(web / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            extensions=["jinja2.ext.i18n", "jinja2.ext.loopcontrols"],
        )
        words = translations(web / "locale", language)
        environment.install_gettext_translations(words, newstyle=True)  # type: ignore[attr-defined]  # added by i18n
        environment.policies["ext.i18n.trimmed"] = True
        environment.filters.update(filters(language))
        environment.globals.update(
            static=self.assets.url, import_map=self.assets.import_map, place=place, render=self, language=language,
            version=self.version, own_words=own_words(language),
        )  # fmt: skip
        return environment

    def _version(self, web: Path) -> str:
        """Of the templates, the words and everything static: what a page and its patches must agree upon."""
        digest = hashlib.sha256(self.assets.version.encode())
        for folder, kind in (("templates", "*.html"), ("locale", "*.po")):
            for path in sorted((web / folder).rglob(kind)):
                digest.update(path.relative_to(web).as_posix().encode() + b"\0" + path.read_bytes())
        return digest.hexdigest()[:12]

    def page(self, template: str, language: str, **context: Any) -> str:
        """A whole page."""
        return self._environments[language].get_template(template).render(context)

    def _thing(self, key: str, thing: Thing, audience: Audience, code: str, language: str) -> str:
        template = self._environments[language].get_template(partial(thing))
        return template.render(key=key, thing=thing, audience=audience.value, code=code).strip()

    def region(self, region: Region, audience: Audience, code: str, language: str) -> str:
        """All items of a region, in order."""
        return "".join(self.thing(item.key, item.thing, audience, code, language) for item in region.items)
