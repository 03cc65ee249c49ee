"""Teachers (强师): trained together by government, universities, industry platforms and schools.

Source: 《湖北教师教育共同体工作指引》 (2023); 360 hours in five years, 教师〔2011〕1号; rotation of teachers,
教师〔2014〕4号; professional rules, 教师〔2018〕16号.
"""
