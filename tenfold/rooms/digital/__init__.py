"""Digital education (教育数字化): the national and provincial platform reaches every stage and is used.

Source: the province-wide pilot of the 国家智慧教育平台 in Hubei (since September 2022); 中小学数字校园建设规范（试行）
教技〔2018〕5号; 教育基础数据 JY/T 0633-2022. Tenfold links to that platform and never presents itself as its rival.
"""
