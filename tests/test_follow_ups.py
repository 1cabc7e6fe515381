"""A follow-up question is made whole with the one before it, and left alone where it is whole already."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from index import follow_up


@pytest.mark.parametrize(
    ("previous", "question", "whole"),
    [
        ("how many troops went to aville?", "and beeton dorf?", "how many troops went to beeton dorf?"),
        ("How many troops went to Aville?", "what about Beeton Dorf?", "How many troops went to Beeton Dorf?"),
        ("How many troops went to Aville in 2024?", "and in 2023?", "How many troops went to Aville in 2023?"),
        ("Who won in 2024?", "and 2023?", "Who won in 2023?"),
        ("how many troops went to aville?", "when?", "When was it that troops went to aville?"),
        ("What did Ollund promise?", "why did she?", "Why did Ollund promise?"),
        ("What did Ollund promise?", "when?", "When did Ollund promise?"),
        ("Who is Petra Ollund?", "how old is she?", "how old is Petra Ollund?"),
        ("Who is Petra Ollund?", "what is her plan?", "what is Petra Ollund's plan?"),
        ("what happened in Aville?", "how many died there?", "how many died in Aville?"),
        ("What is the Halden Bridge?", "how long is it?", "how long is the Halden Bridge?"),
        ("when did the bridge open?", "who built it?", "who built the bridge?"),
        ("how long is the bridge across the sound?", "who built it?", "who built the bridge?"),
        (
            "How many votes did Petra Ollund get?",
            "and outside Aville?",
            "How many votes did Petra Ollund get outside Aville?",
        ),
        ("what did norway say over the weekend?", "and sweden?", "what did sweden say over the weekend?"),
        ("how much did norway pay into the fund?", "what about sweden?", "how much did sweden pay into the fund?"),
        ("when was the tunnel under the river built?", "and the bridge?", "when was the bridge under the river built?"),
        ("What happened in Aville over Easter?", "and Beeton Dorf?", "What happened in Beeton Dorf over Easter?"),
        (
            "How many people fled from Aville across the Ollund border?",
            "and Beeton Dorf?",
            "How many people fled from Beeton Dorf across the Ollund border?",
        ),
        ("What happened at the mill behind the station?", "who died there?", "who died at mill behind the station?"),
        ("when did the tram open?", "across which bridge?", "Across which bridge did the tram open?"),
        ("how long is the linden bridge?", "and the halden bridge?", "how long is the halden bridge?"),
        ("what did norway promise", "and sweden?", "what did sweden promise?"),
    ],
)
def test_a_follow_up_is_made_whole(previous: str, question: str, whole: str) -> None:
    found = follow_up(previous, question)
    assert found is not None and found.lower() == whole.lower()


@pytest.mark.parametrize(
    ("previous", "question", "whole"),
    [
        ("How many people visited Aville?", "and yesterday?", "How many people visited Aville yesterday?"),
        ("How many people visited Aville?", "and in March?", "How many people visited Aville in March?"),
        ("How many people visited Aville?", "and March?", "How many people visited Aville in March?"),
        ("How many people visited Aville?", "and last year?", "How many people visited Aville last year?"),
        ("How many people visited Aville?", "and 2023?", "How many people visited Aville in 2023?"),
        ("How many people visited Aville?", "and since Monday?", "How many people visited Aville since Monday?"),
        ("How many people visited Aville?", "and two weeks ago?", "How many people visited Aville two weeks ago?"),
        ("How many people visited Aville?", "what about on Monday?", "How many people visited Aville on Monday?"),
        ("How many people visited Aville?", "what about Monday?", "How many people visited Aville on Monday?"),
        ("How many people visited Aville?", "and on 5 March?", "How many people visited Aville on 5 March?"),
        ("Who won the race in Aville?", "and last week?", "Who won the race in Aville last week?"),
        ("who won the race in aville", "and last week?", "who won the race in aville last week?"),
        ("Who won the race in Aville on Monday?", "and last week?", "Who won the race in Aville last week?"),
        ("Who won the race in Aville last week?", "and Monday?", "Who won the race in Aville on Monday?"),
        ("Who won in Aville yesterday?", "and in March?", "Who won in Aville in March?"),
        ("Who won in March in Aville?", "and in May?", "Who won in May in Aville?"),
        ("Who has led Aville since March?", "and 2019?", "Who has led Aville since 2019?"),
        ("What was yesterday's price in Aville?", "and today?", "What was today's price in Aville?"),
        ("Who won the 2024 race in Aville?", "and 2023?", "Who won the 2023 race in Aville?"),
        ("Who led the March on Aville?", "and yesterday?", "Who led the March on Aville yesterday?"),
        ("Which 3 towns flooded in Aville?", "and on 5 March?", "Which 3 towns flooded in Aville on 5 March?"),
        ("Who won in Aville yesterday?", "and in Beeton?", "Who won in Beeton yesterday?"),
    ],
)
def test_a_follow_up_about_a_time_keeps_the_place(previous: str, question: str, whole: str) -> None:
    assert follow_up(previous, question) == whole


@pytest.mark.parametrize(
    "question",
    [
        "Who won the cup in Aville?",
        "how much did the bridge cost?",
        "and how long did it take to build the bridge?",
        "is it true that the bridge opened?",
        "who said there will be a vote in Aville?",
        "😀",
        "thanks",
        "",
    ],
)
def test_a_question_complete_alone_is_left_alone(question: str) -> None:
    assert follow_up("how many troops went to aville?", question) is None


@pytest.mark.parametrize(
    "question",
    [
        "which baker lost a third of his customers?",
        "Which minister resigned after her trip?",
        "Who sold his house?",
        "How many homes lost their power?",
        "What is the name of the man who broke his wrist at the festival?",
        "How fast was the ferry going when it touched the ground?",
        "When did the bridge get its name?",
        "Why do farmers fear for their cows?",
        "What bank moved its headquarters?",
        "Did the mayor say what he earns?",
        "Which two members of the mayor's party turned against her?",
        "who said it sounded like a train?",
    ],
)
@pytest.mark.parametrize("previous", ["how many troops went to Tijuana?", "What did Petra Ollund promise?"])
def test_a_pronoun_whose_owner_stands_before_it_points_no_further_back(previous: str, question: str) -> None:
    assert follow_up(previous, question) is None


@pytest.mark.parametrize(
    ("question", "whole"),
    [
        ("and when did he resign?", "and when did Petra Ollund resign?"),
        ("what is her salary?", "what is Petra Ollund's salary?"),
        ("what's the name of her dog?", "what's the name of Petra Ollund's dog?"),
        ("what was the main reason for his resignation?", "what was the main reason for Petra Ollund's resignation?"),
        ("what caused the death of his wife?", "what caused the death of Petra Ollund's wife?"),
        ("who is her successor?", "who is Petra Ollund's successor?"),
        ("which minister did he fire?", "which minister did Petra Ollund fire?"),
        ("how many people attended her funeral?", "how many people attended Petra Ollund's funeral?"),
        ("what did they ask her about the fire?", "what did Petra Ollund ask her about the fire?"),
        ("how many votes did they win?", "how many votes did Petra Ollund win?"),
        ("when did police search his house?", "when did police search Petra Ollund's house?"),
        ("what did the doctors say about her injuries?", "what did the doctors say about Petra Ollund's injuries?"),
        ("why did the court reject his appeal?", "why did the court reject Petra Ollund's appeal?"),
        ("which company bought her house?", "which company bought Petra Ollund's house?"),
        ("who attended his funeral?", "who attended Petra Ollund's funeral?"),
        (
            "what did the government's lawyers say about her?",
            "what did the government's lawyers say about Petra Ollund?",
        ),
    ],
)
def test_a_pronoun_without_an_owner_before_it_points_back(question: str, whole: str) -> None:
    assert follow_up("What did Petra Ollund promise?", question) == whole


@pytest.mark.parametrize("question", ["when did he resign?", "what is her salary?", "when did they arrive?"])
def test_a_place_is_no_person(question: str) -> None:
    whole = follow_up("how many troops went to Tijuana?", question)
    assert whole == f"{question.rstrip('?')}, about troops went to Tijuana?"
    assert follow_up("What happened to Petra Ollund?", "when did she die?") == "when did Petra Ollund die?"


@pytest.mark.parametrize(
    ("previous", "question", "whole"),
    [
        ("who is the mayor of Aville?", "how old is he?", "how old is the mayor of Aville?"),
        ("who is the ceo of Varmeko?", "how much does she earn?", "how much does the ceo of Varmeko earn?"),
        ("who is the captain of the Halden Star?", "was he charged?", "was the captain of the Halden Star charged?"),
        ("who is the goalkeeper of Aville?", "how old is he?", "how old is the goalkeeper of Aville?"),
        ("Who is the Aville mayor?", "what is her salary?", "what is the Aville mayor's salary?"),
        ("who is Aville's mayor?", "when was he elected?", "when was Aville's mayor elected?"),
        ("what is the name of the mayor of Aville?", "how old is he?", "how old is the mayor of Aville?"),
        ("when did the captain of the Teal die?", "how old was he?", "how old was the captain of the Teal?"),
        ("why did Aville's mayor resign?", "when did she resign?", "when did Aville's mayor resign?"),
        ("who is Petra Ollund's husband?", "how old is he?", "how old is Petra Ollund's husband?"),
        ("who is Petra Ollund's husband?", "how old is she?", "how old is Petra Ollund?"),
        ("who leads Varmeko?", "how old is he?", "how old is he, about leads Varmeko?"),
        ("who won the Aville Marathon?", "how old is she?", "how old is she, about won the Aville Marathon?"),
        ("who scored for Aville?", "how old is he?", "how old is he, about scored for Aville?"),
        ("did the minister visit Port Roe?", "what did she promise?",
         "what did she promise, about the minister visit Port Roe?"),
        ("when did the Halden Star sink?", "was he drunk?", "was he drunk, about the Halden Star sink?"),
        ("did the Halden Star sink?", "was she drunk?", "was she drunk, about the Halden Star sink?"),
        # Whom the question names is a person all the same.
        ("what was the age of Ollund?", "when did he die?", "when did Ollund die?"),
        ("did the Ollund campaign lie?", "what did she say?", "what did Ollund say?"),
        ("Did Petra Ollund visit Port Roe?", "what did she promise?", "what did Petra Ollund promise?"),
        ("who killed Petra Ollund?", "how old was she?", "how old was Petra Ollund?"),
        ("what caused the death of Petra Ollund?", "how old was she?", "how old was Petra Ollund?"),
        ("when is the Ollund trial?", "who is her lawyer?", "who is Ollund's lawyer?"),
        ("What did Petra Ollund say about the mayor of Aville?", "how old is she?", "how old is Petra Ollund?"),
        ("Is Petra Ollund the mayor of Aville?", "how old is she?", "how old is Petra Ollund?"),
        ("who leads Varmeko?", "how many people do they employ?", "how many people do Varmeko employ?"),
        ("who is the captain of the Halden Star?", "when did it sink?", "when did the Halden Star sink?"),
    ],
)  # fmt: skip
def test_he_and_she_are_persons(previous: str, question: str, whole: str) -> None:
    assert follow_up(previous, question) == whole


@pytest.mark.parametrize(
    ("previous", "question", "whole"),
    [
        ("how much will the Halden Bridge cost?", "how long is it?", "how long is the Halden Bridge?"),
        ("how much will the Halden Bridge cost?", "and where is it?", "and where is the Halden Bridge?"),
        ("when will the marathon start?", "how long is it?", "how long is the marathon?"),
        ("when did the bridge open in Aville?", "how long is it?", "how long is the bridge?"),
        ("when was the Halden Bridge built in Aville?", "how long is it?", "how long is the Halden Bridge?"),
        ("when did Petra Ollund run the Aville Marathon?", "how long is it?", "how long is the Aville Marathon?"),
        ("when was the vote on the Halden Bridge?", "where was it?", "Where was the vote on the Halden Bridge?"),
        ("when was the Ollund trial?", "how long was it?", "How long was the Ollund trial?"),
        ("when is the Aville film festival?", "how long is it?", "How long is the Aville film festival?"),
        ("when is the cup final?", "where is it?", "Where is the cup final?"),
        ("when is the final between Aville and Beeton?", "where is it?", "Where is the final between Aville and Beeton?"),
        ("when did the mayor resign?", "where is it?", "Where did the mayor resign?"),
        ("who shot Petra Ollund?", "where was it?", "Where was it that somebody shot Petra Ollund?"),
        ("was Petra Ollund fined?", "how much was it?", "How much was Petra Ollund fined?"),
        ("how many people died in the Aville fire?", "where was it?", "Where was it that people died in the Aville fire?"),
        ("how many votes did Ollund get?", "in which district?", "In which district did Ollund get votes?"),
        ("how many people died in Aville?", "in which year?", "In which year was it that people died in Aville?"),
        ("when did the bridge open?", "where did it happen?", "Where did the bridge open?"),
        ("when did the bridge open?", "how long did it?", "How long did the bridge open?"),
        ("when did the bridge open?", "where was that?", "Where did the bridge open?"),
        ("what happened in Aville?", "where is it?", "where is Aville?"),
        ("how many homes lost power in Aville?", "how cold was it there?", "how cold was it in Aville?"),
        ("how much will the Halden Bridge cost?", "and in euros?", "how much will the Halden Bridge cost in euros?"),
        ("how much is a ticket to Aville?", "and in euros?", "how much is a ticket to Aville in euros?"),
        ("how many votes did Petra Ollund get?", "and in Aville?", "how many votes did Petra Ollund get in Aville?"),
        ("how many people live at Port Roe?", "and in Aville?", "how many people live at Aville?"),
        ("how many people live in Aville?", "and in Beeton?", "how many people live in Beeton?"),
        ("did Ollund win?", "by how many votes?", "By how many votes did Ollund win?"),
        ("when did the tram open?", "with how many stops?", "With how many stops did the tram open?"),
        ("who won the election in Aville?", "by how many votes?",
         "By how many votes was it that somebody won the election in Aville?"),
        ("when did Ollund sell the house?", "to whom?", "To whom did Ollund sell the house?"),
    ],
)  # fmt: skip
def test_it_is_the_thing_and_the_rest_of_the_question_stays(previous: str, question: str, whole: str) -> None:
    assert follow_up(previous, question) == whole


@pytest.mark.parametrize(
    ("previous", "question"),
    [
        ("what about Ollund?", "by how much?"),
        ("the election in Aville", "by how many votes?"),
        ("who is the mayor of Aville?", "at what age?"),
        ("how many votes has Ollund got?", "in which district?"),
        ("what happened in Aville?", "on which day?"),
    ],
)
def test_a_question_that_makes_no_sentence_with_the_earlier_one_is_left_alone(previous: str, question: str) -> None:
    assert follow_up(previous, question) is None


@pytest.mark.parametrize("question", ["in which city does the mayor live?", "by how much did prices rise in May?"])
def test_a_question_with_a_verb_of_its_own_is_left_alone(question: str) -> None:
    assert follow_up("who won the election in Aville?", question) is None


def test_no_question_of_the_samples_changes_after_another() -> None:
    lines = (Path(__file__).parent / "samples_questions.jsonl").read_text(encoding="utf-8").splitlines()
    asked = [json.loads(line)["question"] for line in lines]
    previous = ["how many troops went to Tijuana?", "What did Petra Ollund promise?", "Who is Elena Ruiz?"]
    changed = [(p, q) for p in previous for q in asked if follow_up(p, q) not in (None, q)]
    assert changed == []
