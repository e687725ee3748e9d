"""Works on an article: text in, records out. No Prefect, no network, no files but the lexicons.

The rooms, in the order an article walks through them (`pipeline` opens the doors):

`clean` (bytes → titled, typed blocks; boilerplate gone) → `language` (of each block and the whole) → `segment` (blocks →
sentences) → `entities/` (one module a type: mentions) → `context` (what mentions say about each other) → `offers`.

One floor down lies what the rooms share: `raw` (what comes in), `fold`, `tokenizer`, `token_view` and `document` (the
text as tokens), `lexicon` and `gazetteer` (what we know), `compiled` and `place` (how it is kept, and where), `digits`, `number`
(with `number_lexicon`, `number_stack`), `currency`, `currency_match`, `amount`, `amount_context` (money), `institution` (names by head
words; `institution_words` the words, `_context` what stands beside, `_candidate` and `_short` what may be a mention, `_index` what all
names say), `program_grammar`, `inflection`, `overlap`, `script`.
"""
