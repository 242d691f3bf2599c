"""The people one may choose in a form: active members, by id and by what is written of them."""

from dataclasses import dataclass, field

from organizations.models import Member

# Beyond this a list of everybody is too heavy for a page: one types a name, an e-mail or an employee number instead.
MOST_IN_A_LIST = 200


@dataclass(frozen=True)
class Person:
    """Someone to choose. `note` tells people of one name apart."""

    pk: int
    name: str
    note: str

    @property
    def label(self) -> str:
        """Name and department as one text, as a list of suggestions shows them."""
        return f"{self.name} · {self.note}" if self.note else self.name


@dataclass(frozen=True)
class Directory:
    """All active members of the organization, by name."""

    people: tuple[Person, ...] = ()
    by_pk: dict[int, Person] = field(default_factory=dict)
    by_words: dict[str, int | None] = field(default_factory=dict)  # None: several people are called so

    @property
    def is_long(self) -> bool:
        """Whether there are too many to list them all."""
        return len(self.people) > MOST_IN_A_LIST

    def find(self, words: str) -> int | None:
        """The one person who is called so: by name, name and department, e-mail or employee number."""
        return self.by_words.get(" ".join(words.split()).casefold())

    def label(self, pk: int) -> str:
        """How a person is written where one types names."""
        return self.by_pk[pk].label if pk in self.by_pk else ""


NOBODY = Directory()


def everybody() -> Directory:
    """The directory of the open organization; one query."""
    people, by_words = [], {}
    columns = ("pk", "name", "department", "title", "email", "employee_number")
    for pk, name, department, title, email, number in Member.objects.active().order_by("sort_name", "pk").values_list(*columns):
        person = Person(pk, name, department or title)
        people.append(person)
        for words in {person.label, name, email, number} - {""}:
            key = " ".join(words.split()).casefold()
            by_words[key] = None if key in by_words else pk
    return Directory(tuple(people), {person.pk: person for person in people}, by_words)
