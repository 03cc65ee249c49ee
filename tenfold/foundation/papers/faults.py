"""What is wrong with a template or a paper, in words."""

from __future__ import annotations

from django.utils.translation import gettext as _


class PaperFault(Exception):
    """A template that is refused, or that cannot be filled. ``str()`` of it is the sentence to show."""

    def __init__(self, code: str, paragraph: str = "", word: str = "") -> None:
        super().__init__(code)
        self.code, self.paragraph, self.word = code, paragraph, word

    def __str__(self) -> str:
        told = _texts().get(self.code, _texts()["cannot"])
        text = told % {"word": self.word}
        if not self.paragraph:
            return text
        return text + _(" It stands in the paragraph “%(paragraph)s”.") % {"paragraph": self.paragraph}


def _texts() -> dict[str, str]:
    return {
        "no_word": _("This is no Word file (.docx). Save it in Word as a Word document and send it again."),
        "macros": _("The file holds macros. Save it as .docx, without macros, and send it again."),
        "outside": _("The file points outside (%(word)s). Take the link or the linked picture out and send it again."),
        "embedded": _("The file holds an embedded object (%(word)s). Take it out and send it again."),
        "field": _("The file holds the field %(word)s, which fetches something from elsewhere. Take it out."),
        "too_large": _("The file or what becomes of it is too large. Use fewer pictures and no loop within a loop."),
        "too_long": _("Filling the template took too long and was stopped. Use no loop within a loop."),
        "syntax": _("A tag of the template cannot be read: {{ needs its }}, for its endfor, if its endif."),
        "unknown": _("The template asks for “%(word)s”, which this paper does not have."),
        "unsafe": _("The template does something that a template may not do."),
        "no_tags": _("The file has no place that is filled in: it is a finished paper. Send the template itself."),
        "left_over": _("Braces are left over. Write tags in half-width braces {{ }} and in one go."),
        "cannot": _("The template cannot be filled with the data of this paper."),
        "no_pdf": _("There is no PDF here: LibreOffice is not installed on the server. The Word file can be had."),
        "pdf_failed": _("LibreOffice could not turn the paper into a PDF. The Word file can be had."),
        "no_kind": _("Choose which paper is to be made."),
        "no_file": _("Choose the Word file first."),
        "no_period": _("Choose the period of the paper."),
        "no_programme": _("No programme is in force yet. Load it first; its papers follow."),
        "before_programme": _("The programme had not begun in %(word)s; there is nothing to tell of it."),
        "not_begun": _("%(word)s has not begun yet."),
        "not_for": _("This paper is not made for %(word)s."),
    }  # fmt: skip
