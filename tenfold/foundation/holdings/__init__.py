"""What a school has, school year by school year: the annual school return (学校年报).

The state on 1 September; the fields are those of 教育事业统计 and of the forms of 教督〔2017〕6号.
Unknown stays null and is never zero.
"""
