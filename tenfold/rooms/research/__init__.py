"""Research on teaching (教科研): surveys of the urgent questions, evidence for decisions.

Source: 《教育部关于加强和改进新时代基础教育教研工作的意见》 教基〔2019〕14号; Hubei's rules for research projects of
education science.
"""
