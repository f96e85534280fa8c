print secret
