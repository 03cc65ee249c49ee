"""One tree of organisations, dated: province, city, county, 中心学校/教育总支, school or teaching point.

Two parents per school where they differ: 管理隶属, which scope follows, and 所在县域, which
statistics follow (DOMAIN.md 1.1). Placements are the truth; the path is their cache.
"""
