[{id: 9007199254740993}] | join full [{id: 2.5}] on id
