"""Civics as one course from primary school to university (大中小学思政课一体化).

Source: 《新时代学校思想政治理论课改革创新实施方案》 教材〔2020〕6号; 教育部办公厅 notice of 27 December 2022 on
consortia of integrated civics (大中小学思政课一体化共同体). Its first record will be the joint preparation
of lessons (集体备课); the annual school return counts nothing here.
"""
