"""Files in and out: tables that others send become records, or say cell by cell why not.

A file is opened under guard, its table found, its headings matched to declared fields, every cell
judged; then all or nothing is written, in one short transaction. The rows stay, so that every
figure made of them opens down to its cell. Kinds are declared by packages (``Reader``); the form of
the annual return follows 教育事业统计调查制度 and 教督〔2017〕6号 (DOMAIN.md 3c-bis).
"""
