attach job_1 on mars
