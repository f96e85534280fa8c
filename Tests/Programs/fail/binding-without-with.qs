run monthly month="2024-05"
