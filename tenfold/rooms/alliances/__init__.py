"""County school alliances (县域教联体): more schools in them, and quality balanced across a county.

Source: Hubei's reform of 县域教联体 since 2022; 《县域义务教育优质均衡发展督导评估办法》 教督〔2017〕6号,
whose resources the annual school return counts. The alliances of 17 ministries between homes, schools and
society (家校社协同育人“教联体”, 2024) are another thing and belong to ``families``.
"""
