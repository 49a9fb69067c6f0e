"""Words of the other language on a page: Chinese on an English one, English sentences on a Chinese one."""

import re

from playwright.sync_api import Page

from talentsvc.demo.invented import JOBS, SCHOOLS
from tests.browser.demo_service import DemoService

CHINESE = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]+")
SENTENCE = re.compile(r"[A-Za-z]{2,}(?: [A-Za-z]{2,}){2,}")
#: What the invented objector wrote is sealed in the database.
OBJECTION = ("示例来信人，来信登记 007 号", "反映申请人未在公示单位在岗。")
#: A language is called by its own name.
LANGUAGE = "中文"
#: Texts, labels and titles that a reader meets; what somebody wrote in the other language is marked.
TEXTS = """() => {
  const own = document.documentElement.lang;
  const marked = (node) => node.closest("[lang]")?.lang !== own || node.closest(".as-written, template, script, style");
  const found = [document.title];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode;
    if (text.data.trim() && !marked(text.parentElement)) found.push(text.data.trim());
  }
  for (const element of document.querySelectorAll("[aria-label], [title], [placeholder], [alt]")) {
    if (marked(element)) continue;
    for (const name of ["aria-label", "title", "placeholder", "alt"]) {
      if (element.getAttribute(name)) found.push(element.getAttribute(name));
    }
  }
  return found;
}"""


def proper_names(demo: DemoService) -> list[str]:
    """Names of people, companies, schools, files and decrees, and what people wrote; the longest first."""
    names = {
        row[0]
        for statement in (
            "SELECT display_name FROM account",
            "SELECT name FROM employer",
            "SELECT masked_name FROM public_notice",
            "SELECT name FROM person",
            "SELECT original_name FROM stored_file",
            "SELECT reason FROM case_event",
            "SELECT reason FROM card_event",
            "SELECT reason FROM finding",
            "SELECT reason FROM endorsement",
            "SELECT explanation FROM correction_item",
            "SELECT reason FROM decision",
            "SELECT clause FROM decision",
            "SELECT remedy FROM decision",
            "SELECT source FROM calendar_year",
        )
        for row in demo.rows(statement)
        if row[0]
    }
    return sorted({*names, *JOBS, *SCHOOLS, *OBJECTION, LANGUAGE}, key=len, reverse=True)


def other_tongue(page: Page, language: str, names: list[str]) -> list[str]:
    """Texts of the page with words of the other language, without proper names."""
    pattern = CHINESE if language == "en" else SENTENCE
    found = []
    for text in page.evaluate(TEXTS):
        rest = text
        for name in names:
            rest = rest.replace(name, "")
        if pattern.search(rest):
            found.append(text)
    return found
