# An operator with a null gives null; is null and ?? look at it.
print null + 1, 1 - null, null * 2, -null, "a" + null
print null == null, null != 1, null < 1, null in [1], 1 in [2, null], 1 in [1, null]
print null between 1 and 2, null like "a%", null matches "a"
print null is null, 1 is null, null is not null, null ?? null ?? 3
