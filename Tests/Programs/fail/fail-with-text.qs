let month = "2024-13"
fail "there is no month ${month}"
