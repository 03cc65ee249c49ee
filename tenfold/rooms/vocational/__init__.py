"""Vocational education (现代职业教育体系): tracks that connect, industry and school together.

Source: 《职业学校学生实习管理规定》 教职成〔2021〕4号; 中职设置标准 教职成〔2010〕12号; 职业学校办学条件达标工程
教职成〔2022〕5号.
"""
