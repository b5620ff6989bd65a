"""How hard a text is to read, by the school year that reads it with ease.

English: Flesch-Kincaid grade, 0.39 × words in a sentence + 11.8 × syllables in a word − 15.59 (Kincaid et al. 1975);
grade 6 is read at 11 years. Spanish: Fernández Huerta (1959), 206.84 − 60 × syllables in a word − 1.02 × words in a
sentence; 60 and more is read by anybody, 80 and more at 11 years.
"""

import re

import pyphen

HYPHENS = pyphen.Pyphen(lang="en_US")


def hardness(text: str, language: str) -> float:
    """Comparable in both: 0 and less is as easy as we want it for one sentence."""
    return grade(text) - 6.5 if language == "en" else 60 - ease(text)


def grade(text: str) -> float:
    """Flesch-Kincaid: English school years."""
    words, sentences = words_in(text), sentences_in(text)
    return 0.39 * len(words) / sentences + 11.8 * sum(map(english_syllables, words)) / len(words) - 15.59


def ease(text: str) -> float:
    """Fernández Huerta: 100 is very easy, 30 very hard."""
    words, sentences = words_in(text), sentences_in(text)
    return 206.84 - 60 * sum(map(spanish_syllables, words)) / len(words) - 1.02 * len(words) / sentences


def words_in(text: str) -> list[str]:
    return re.findall(r"[A-Za-zÀ-ÿ']+", re.sub(r"\{\w+\}", "Rose", text))


def sentences_in(text: str) -> int:
    return max(1, sum(bool(words_in(part)) for part in re.split(r"[.?:…](?:\s|$)|\n", text)))


def english_syllables(word: str) -> int:
    """Hyphens never split a syllable, and groups of vowels never see two in one: the larger is nearer the truth."""
    word = word.lower()
    groups = len(re.findall(r"[aeiouy]+", word)) - bool(
        re.search(r"[^aeiouyl]e$|[^aeiouytd]ed$|[^aeiouscxzg]es$", word)
    )
    return max(1, groups, len(HYPHENS.inserted(word).split("-")))


def spanish_syllables(word: str) -> int:
    """One for each a, e, o and each í, ú in a group of vowels; a group of weak ones is one."""
    heard = re.sub(r"(?<=[qg])u(?=[eiéí])", "", re.sub(r"y(?=[aeiouáéíóú])", "j", word.lower()))
    groups = re.findall(r"[aeiouáéíóúüy]+", heard)
    return max(1, sum(max(1, len(re.findall(r"[aeoáéíóú]", group))) for group in groups))
