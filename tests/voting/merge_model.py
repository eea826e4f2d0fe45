"""What should become of supports when ideas are merged, told in another way than the program does it.

Each support somebody gives is a token that remembers by which merges it has come where it is. An idea is supported by
whoever has a token there.
"""

from dataclasses import dataclass, field


@dataclass
class Token:
    """One support: the idea it was given to, and the merges it has gone through since."""

    origin: int
    path: list[int] = field(default_factory=list)


class Model:
    """Tokens of everybody, and the merges that hold: number → (source, target)."""

    def __init__(self, people, limit):
        self.tokens = {person: [] for person in people}
        self.merges = {}
        self.limit = limit

    def place(self, token):
        return self.merges[token.path[-1]][1] if token.path else token.origin

    def supported(self, person):
        return {self.place(token) for token in self.tokens[person]}

    def at(self, person, idea):
        return [token for token in self.tokens[person] if self.place(token) == idea]

    def through(self, person, merge):
        return [token for token in self.tokens[person] if merge in token.path]

    def full(self, person, more=1):
        return self.limit is not None and len(self.supported(person)) + more > self.limit

    def merge_of(self, idea):
        return next((number for number, (source, _target) in self.merges.items() if source == idea), None)

    def give(self, person, idea):
        if idea not in self.supported(person):
            self.tokens[person].append(Token(idea))

    def withdraw(self, person, idea):
        gone = self.at(person, idea)
        self.tokens[person] = [token for token in self.tokens[person] if token not in gone]

    def carry(self, person, merge):
        moving = self.at(person, self.merges[merge][0])
        step = merge
        while moving and step is not None:
            target = self.merges[step][1]
            waiting, onward = self.at(person, target), self.merge_of(target)
            followed = onward is not None and bool(self.through(person, onward))
            for token in moving:
                token.path.append(step)
            step = onward if followed or not waiting else None

    def leave(self, person, merge):
        for token in self.through(person, merge):
            del token.path[token.path.index(merge) :]

    def undo(self, merge):
        for person, tokens in self.tokens.items():
            back = self.through(person, merge)
            others = [token for token in self.at(person, self.merges[merge][1]) if token not in back]
            if back and others and self.full(person):
                self.tokens[person] = [token for token in tokens if token not in back]
            for token in back:
                token.path.pop()
        del self.merges[merge]
