"""Inspection of education (教育督导): governments, departments and schools do their duty.

Source: 教育督导条例 国务院令第624号; 督学管理暂行办法 教督〔2016〕2号; 责任督学挂牌督导办法 国教督办〔2013〕2号;
厅字〔2020〕1号; 教育督导问责办法 国教督〔2021〕2号.
"""
