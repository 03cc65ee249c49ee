"""任务分解表: the table in which a bureau writes its programme, read, understood cell by cell, written out again."""
