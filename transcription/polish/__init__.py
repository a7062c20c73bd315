"""A machine's words made readable: a chain of small steps, each pure, each to be left out, none losing the words heard.

    Polish(terms=(Term("Ba Tơ"),)).final(final).text

Every blank-separated piece of the text says which heard words it stands for, so that their times, their confidence and
the words themselves stay within reach. The words as heard are kept where they are; polish only ever makes a copy.
"""

from transcription.polish.chain import DEFAULT, STEPS, Polish, Polished
from transcription.polish.names import Suggestion, Term

__all__ = ["DEFAULT", "STEPS", "Polish", "Polished", "Suggestion", "Term"]
