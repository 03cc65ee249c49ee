"""优质均衡自评: a county held against an official standard of ``standards/*.toml``, item by item.

Source: 《县域义务教育优质均衡发展督导评估办法》 教督〔2017〕6号; any standard is a file. What the return tells is
counted exactly by ``tenfold.pure.balance``; what it cannot tell is entered with Material and confirmed by
another person. A local finding, never the national verdict (本地测算，不代表国家认定).
"""
