let a = [{x: 1}]
export {`EU/US`: a} to "never.xlsx"
