"""An engine that finds phrases in what people write: words, classes, distances and order, never regular expressions.

`reading` folds a text into sentences of plain tokens, `patterns` turns a written pattern into parts, `matching` tries
it against a sentence, `ruleset` reads files of rules and explains mistakes in them, `looking` looks at a text.
Everything is counted in steps against a budget, so that no text can hold the engine up.
"""
