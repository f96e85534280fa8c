describe 3
