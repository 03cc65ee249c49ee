"""Homes, schools and society together (家校社协同育人): reading, safety, mental health, sports.

Source: 《关于健全学校家庭社会协同育人机制的意见》 教基〔2022〕7号; 《全面加强和改进新时代学生心理健康工作专项行动计划》
教体艺〔2023〕1号; 《国家学生体质健康标准（2014年修订）》 教体艺〔2014〕5号.
"""
