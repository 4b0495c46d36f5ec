"""Whole numbers that are not known, and what they add up to: what can each of them be?

Three ways are tried. Bounds follow from bounds, again until nothing changes. Another table that
reads the same is looked for, and if there is one the count is safe. Where there seems to be none,
each of the other values is supposed in turn, with what follows from it, and refuted or not.
"""

WIDE = 10 ** 7


class Sum:
    """least <= sum of factor * unknown <= most; None: no end."""

    def __init__(self, terms, least, most):
        self.terms, self.least, self.most = terms, least, most
        self.truth = 0


class Numbers:
    """Unknown numbers, the sums they are in, and the true value of each."""

    def __init__(self):
        self.truth, self.low, self.high, self.names = [], [], [], []
        self.sums, self.of = [], []

    def unknown(self, name, truth, low=0, high=WIDE):
        if not low <= truth <= high:
            raise AssertionError("%s is %d, not %d to %d" % (name, truth, low, high))
        self.truth.append(truth)
        self.low.append(low)
        self.high.append(high)
        self.names.append(name)
        self.of.append([])
        return len(self.truth) - 1

    def is_known(self, number):
        return self.low[number] == self.high[number]

    def add(self, terms, least, most):
        """Says that a sum of (number, factor) is from least to most; that has to be true."""
        value = sum(factor * self.truth[number] for number, factor in terms)
        if not least <= value <= most:
            raise AssertionError("%s is %d, not %d to %d" % (
                [(self.names[n], f) for n, f in terms], value, least, most))
        for number, factor in terms:
            self.of[number].append((len(self.sums), factor))
        self.sums.append(Sum(terms, least, most))
        self.sums[-1].truth = value

    def add_up(self, total, parts):
        self.add([(total, 1)] + [(part, -1) for part in parts], 0, 0)

    def at_most(self, total, parts):
        self.add([(total, 1)] + [(part, -1) for part in parts], 0, WIDE)

    def without_known(self):
        """The same of the numbers that are not known, and where each of them is now."""
        left, places = Numbers(), {}
        for number, truth in enumerate(self.truth):
            if not self.is_known(number):
                places[number] = left.unknown(self.names[number], truth, self.low[number],
                                              self.high[number])
        for one in self.sums:
            known = sum(f * self.truth[n] for n, f in one.terms if n not in places)
            terms = [(places[n], f) for n, f in one.terms if n in places]
            least = sum(f * (self.low if f > 0 else self.high)[n] for n, f in one.terms)
            most = sum(f * (self.high if f > 0 else self.low)[n] for n, f in one.terms)
            if terms and (least < one.least or most > one.most):
                left.add(terms, one.least - known, one.most - known)
        return left, places

    # ---- bounds ----

    def narrow(self, low, high, queue, steps=200000):
        """Bounds that follow; False where there is nothing left that a number could be."""
        queue, waiting = list(queue), set(queue)
        while queue and steps > 0:
            steps -= 1
            number = queue.pop()
            waiting.discard(number)
            changed = self.narrow_sum(self.sums[number], low, high)
            if changed is None:
                return False
            for unknown in changed:
                for other, _ in self.of[unknown]:
                    if other not in waiting:
                        waiting.add(other)
                        queue.append(other)
        return True

    @staticmethod
    def narrow_sum(one, low, high):
        least = most = 0
        for number, factor in one.terms:
            least += factor * (low if factor > 0 else high)[number]
            most += factor * (high if factor > 0 else low)[number]
        if least > one.most or most < one.least:
            return None
        if least >= one.least and most <= one.most:
            return ()
        changed = []
        for number, factor in one.terms:
            a, b = low[number], high[number]
            # What is left for it is from one.least - (most - its most) on.
            if factor > 0:
                x, y = max(a, b - (most - one.least)), min(b, a + (one.most - least))
            else:
                x, y = max(a, b - (one.most - least)), min(b, a + (most - one.least))
            if x > y:
                return None
            if (x, y) != (a, b):
                low[number], high[number] = x, y
                changed.append(number)
        return changed

    # ---- another table ----

    def differs(self, number, dice, steps=400, tries=6):
        """What differs, and by how much, in a table that reads the same; None: none was found."""
        for attempt in range(tries):
            for step in (1, -1):
                moved = self.another(number, step * (1 + attempt // 4), dice, steps)
                if moved is not None:
                    return moved
        return None

    def another(self, first, by, dice, steps):
        """Moves one number and then others that mend what is broken, until all is well. Where
        nothing mends more than it breaks, what is broken weighs more from then on."""
        if not self.low[first] <= self.truth[first] + by <= self.high[first]:
            return None
        moved, rest, broken, held, weight = {first: by}, {}, {}, {}, {}
        self.shift(first, by, rest, broken)
        for step in range(steps):
            if not broken:
                return {number: by for number, by in moved.items() if by}
            one = dice.choice(list(broken))
            number, way, cost = self.best_move(one, broken, first, moved, rest, held, weight, step,
                                               dice)
            if number is None:
                held.clear()
                continue
            if cost >= 0:
                for other in broken:
                    weight[other] = weight.get(other, 1) + 1
            moved[number] = moved.get(number, 0) + way
            held[number] = step + 3 + dice.randrange(6)
            self.shift(number, way, rest, broken)
        return None

    def wrong(self, one, rest):
        """By how much a sum is more than it may be; less than nothing where it is too little."""
        value = rest.get(one)
        if value is None:
            value = rest[one] = self.sums[one].truth
        if value > self.sums[one].most:
            return value - self.sums[one].most
        return min(0, value - self.sums[one].least)

    def shift(self, number, by, rest, broken):
        for one, factor in self.of[number]:
            self.wrong(one, rest)
            rest[one] += by * factor
            wrong = self.wrong(one, rest)
            if wrong:
                broken[one] = wrong
            else:
                broken.pop(one, None)

    def best_move(self, one, broken, first, moved, rest, held, weight, step, dice):
        """What mends most of a sum for what it breaks; of many a dozen are looked at."""
        best, way, cost, terms = None, 0, None, self.sums[one].terms
        for number, factor in terms if len(terms) <= 12 else dice.sample(terms, 12):
            to = -1 if (broken[one] > 0) == (factor > 0) else 1
            by = moved.get(number, 0)
            if number == first or held.get(number, 0) > step or \
                    not self.low[number] <= self.truth[number] + by + to <= self.high[number]:
                continue
            more = dice.random() * 0.9 + (0 if by * to >= 0 else -0.5)
            for other, f in self.of[number]:
                more += weight.get(other, 1) * (abs(self.wrong_by(other, rest, to * f)) -
                                                abs(broken.get(other, 0)))
            if cost is None or more < cost:
                best, way, cost = number, to, more
        return best, way, cost

    def wrong_by(self, one, rest, more):
        sum_, value = self.sums[one], rest.get(one)
        value = (sum_.truth if value is None else value) + more
        return value - sum_.most if value > sum_.most else min(0, value - sum_.least)

    def allows(self, moved):
        """Whether a table where numbers are moved by so much reads the same."""
        rest, broken = {}, {}
        for number, by in moved.items():
            if not self.low[number] <= self.truth[number] + by <= self.high[number]:
                return False
            self.shift(number, by, rest, broken)
        return not broken

    # ---- supposing ----

    def is_only(self, number, nodes):
        """Whether it can be nothing but the truth; None where that takes too long."""
        for low, high in ((self.truth[number] + 1, self.high[number]),
                          (self.low[number], self.truth[number] - 1)):
            if low > high:
                continue
            lows, highs = self.low[:], self.high[:]
            lows[number], highs[number] = low, high
            found, nodes = self.suppose(lows, highs, [one for one, _ in self.of[number]],
                                        nodes)
            if found is not False:
                return None if found is None else False
        return True

    def suppose(self, low, high, queue, nodes):
        """Whether there is a table within bounds: True, False, or None where nodes run out."""
        stack = [(low, high, queue)]
        while stack:
            if nodes <= 0:
                return None, 0
            nodes -= 1
            low, high, queue = stack.pop()
            if not self.narrow(low, high, queue):
                continue
            split = self.next_split(low, high)
            if split is None:
                return True, nodes
            # The half that holds the truth is looked at first.
            middle = min(max(self.truth[split], low[split]), high[split] - 1)
            for a, b in ((middle + 1, high[split]), (low[split], middle)):
                lows, highs = low[:], high[:]
                lows[split], highs[split] = a, b
                stack.append((lows, highs, [one for one, _ in self.of[split]]))
        return False, nodes

    def next_split(self, low, high):
        """The number with the fewest values left, more than one, that is in a sum not settled."""
        best, least_width = None, WIDE + 1
        for one in self.sums:
            widths = [(high[n] - low[n], n) for n, _ in one.terms if low[n] < high[n]]
            if not widths or min(widths)[0] >= least_width:
                continue
            least = sum(f * (low if f > 0 else high)[n] for n, f in one.terms)
            most = sum(f * (high if f > 0 else low)[n] for n, f in one.terms)
            if least < one.least or most > one.most:
                least_width, best = min(widths)
        return best


def recovered(numbers, secrets, exchanges, dice, nodes=300):
    """Which of the secrets can be nothing but what they are, and which were not decided.
    `exchanges` gives, of a number, tables worth a look: what would be moved, by how much."""
    if not numbers.narrow(numbers.low, numbers.high, range(len(numbers.sums))):
        raise AssertionError("the attacker's sums are wrong")
    told = [number for number in secrets if numbers.is_known(number)]
    left, places = numbers.without_known()
    safe, unsure = set(), []
    for number in secrets:
        place = places.get(number)
        if place is None or place in safe:
            continue
        moved = left.differs(place, dice, tries=2)
        for exchange in exchanges(number) if moved is None else ():
            exchange = {places.get(other): by for other, by in exchange.items() if by}
            if None not in exchange and left.allows(exchange):
                moved = exchange
                break
        moved = moved or left.differs(place, dice, steps=3000, tries=8)
        if moved is not None:
            safe.update(moved)
            continue
        only = left.is_only(place, nodes)
        if only is not False:
            (unsure if only is None else told).append(number)
    return told, unsure
