"""Overall reform (教育领域综合改革): documents that are drafted, adopted and followed up; freedom of schools.

Source: 咸宁教育十条 and 《关于深化教育教学改革，加强中小学管理的若干措施》, whose texts are not public;
《关于进一步激发中小学办学活力的若干意见》 教基〔2020〕7号.
"""
