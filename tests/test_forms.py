"""Which answers have the form their question asks for, and which turn the question round."""

from __future__ import annotations

import pytest

from index.answering.opposites import opposed, other_time
from tests.test_support import evidence


@pytest.mark.parametrize(
    ("question", "sentence", "span", "wrong"),
    [
        ("Where did the fire start?", "The fire started at 415 Elm Street.", "at 415 Elm Street", 0),
        ("Where did the fire start?", "The fire started at 415 Elm Street.", "415 Elm Street", 0),
        ("Where was the boat found?", "It lay 20 miles north of Aville.", "20 miles north of Aville", 0),
        ("Where was the boat found?", "It lay 300 metres below the surface.", "300 metres below the surface", 0),
        ("Where will pupils eat?", "Pupils will eat at two schools.", "at two schools", 0),
        ("Where did the troops go?", "Some 1,949 troops went to Aville.", "1,949 troops", 1),
        ("Where did the troops go?", "Some 10,000 Varland troops went to Aville.", "10,000 Varland troops", 1),
        ("Where did the troops go?", "Some 1,949 troops from Varland went.", "1,949 troops from Varland", 1),
        ("Where is the fair?", "The fair costs $40 in Aville.", "$40", 1),
        ("Where is the fair?", "At least 300 people went.", "At least 300 people", 1),
        ("How many people attended?", "Between 5,000 and 7,000 people attended.", "Between 5,000 and 7,000 people", 0),
        ("What is the death toll in Aville?", "The damage in Aville is put at $40 million.", "$40 million", 1),
        ("How strong was the earthquake?", "The quake had a magnitude of 6.1.", "6.1", 0),
        ("How strong was the earthquake?", "The quake killed 31 people.", "31", 0.5),
        ("How strong was the quake?", "A 6.4 quake shook Aville.", "6.4", 0),
        ("How strong was growth?", "The economy grew 2.1 percent.", "2.1 percent", 0),
        ("How hot was it in Aville?", "It hit 38 °C in Aville.", "38 °C", 0),
        ("How cold was it?", "It fell to minus 31 degrees.", "minus 31 degrees", 0),
        ("How many people attended?", "Between 5,000 and 7,000 people attended.", "5,000 and 7,000 people", 0),
        ("How many people attended?", "Some 5,000 to 7,000 people attended.", "5,000 to 7,000", 0),
        ("How many people attended?", "Some 5,000-7,000 people attended.", "5,000-7,000", 0),
        ("How many people attended?", "It rose from 5,000 to 7,000 people.", "5,000 to 7,000 people", 1),
        ("How many people attended?", "They were 5,000 and 7,000 people.", "5,000 and 7,000 people", 1),
        ("How many people attended?", "The fair of 2019-2021 was large.", "2019-2021", 1),
        ("How many goals fell?", "Aville won 3-2.", "3-2", 1),
        ("How many were hurt?", "Police counted 3 dead, 12 hurt.", "3 dead, 12 hurt", 1),
        ("Who will launch the probe?", "NASA will launch the Kell probe on a three-stage rocket.", "NASA", 0),
        ("Who opened it?", "AVILLE (Example Wire) — Ada Roe opened it.", "AVILLE", 1),
        ("Who opened it?", "AVILLE, Ohio (Example Wire) — Ada Roe opened it.", "AVILLE, Ohio (Example Wire)", 1),
        ("Who opened it?", "AVILLE, Ohio, Feb. 5 (Example Wire) — Ada Roe opened it.", "AVILLE", 1),
        ("Who opened it?", "AVILLE — Ada Roe opened it.", "AVILLE", 1),
        ("How often do trams run?", "Trams run every hour.", "every hour", 0),
        ("How often do trams run?", "Trams run daily.", "daily", 0),
        ("How often do trams run?", "Trams run in Aville.", "in Aville", 1),
        ("How long will the bridge be closed?", "It is closed until Friday.", "until Friday", 0),
        ("How long will the bridge be closed?", "It is closed until Friday.", "Friday", 0),
        ("How long will the bridge be closed?", "It is closed until 5 May.", "until 5 May", 0),
        ("How long will the bridge be closed?", "It is closed overnight.", "overnight", 0),
        ("How long will the bridge be closed?", "It closed on Friday.", "on Friday", 1),
        ("How late is the museum open?", "It stays open until midnight.", "until midnight", 0),
        ("When is the bridge closed?", "It is closed overnight.", "overnight", 0),
        ("When is the bridge closed?", "It is closed until midnight.", "until midnight", 0),
        ("How long is the bridge?", "It is closed until Friday.", "until Friday", 1),
        ("How much does entry cost?", "Entry is free.", "free", 0),
        ("How much is entry?", "Entry is free of charge.", "free of charge", 0),
        ("How much does entry cost?", "Entry is by ticket.", "by ticket", 1),
        ("How much did the bridge cost?", "It cost 40 million kroner.", "40 million kroner", 0),
        ("How much did the bridge cost?", "It cost 40 million kronor.", "40 million kronor", 0),
        ("How much did the bridge cost?", "It took 40 million bricks.", "40 million bricks", 1),
        ("How heavy is the bell?", "The bell weighs 1,200 pounds.", "1,200 pounds", 0),
        ("How heavy is the bell?", "The bell cost £1,200.", "£1,200", 1),
        ("How tall is the bell?", "The bell weighs 1,200 pounds.", "1,200 pounds", 1),
        ("When was the marathon?", "Lind won the marathon in 2:31:08.", "2:31:08", 1),
        ("When was the race?", "She won the race in 31:08.", "31:08", 1),
        ("When was the race?", "She won the race in 31:08.", "in 31:08", 1),
        ("When was the race?", "It drew 12,500 people.", "12,500", 1),
        ("When is the race?", "It begins at 10:30.", "10:30", 0),
        ("When is the race?", "It begins at 10.30.", "at 10.30", 0),
        ("When is the race?", "It begins at 6.", "6", 0),
        ("When is the race?", "It begins at 6 p.m.", "6 p.m", 0),
        ("When is the race?", "It is open from 9 to 5.", "from 9 to 5", 0),
        ("When is the race?", "It is on the 14th.", "the 14th", 0),
        ("When is the race?", "It is on 5 May.", "5 May", 0),
        ("When is the race?", "It is in May.", "May", 0),
        ("When is the race?", "It is on 2031-05-03.", "2031-05-03", 0),
        ("When is the race?", "It will be led by Ada May.", "Ada May", 1),
        ("When did Oldport fall?", "Oldport fell in 476.", "476", 0),
        ("When did Oldport fall?", "Oldport fell in 44 BC.", "44 BC", 0),
        ("When did Oldport fall?", "Oldport fell in the 90s.", "the 90s", 0),
        ("When did she score?", "She scored in the 83rd minute.", "83rd minute", 0),
        ("What did team Aville buy?", "The team of Aville bought a new bus.", "a new bus", 0),
        ("What will president Lind visit?", "Lind will visit a dairy.", "a dairy", 0),
        ("What other team bought a bus?", "The team bought a new bus.", "a new bus", 1),
        ("Who heard a bang?", "We heard a bang.", "We", 1),
        ("Who heard a bang?", "US troops heard a bang.", "US", 0),
        ("Who heard a bang?", "His brother Jonas heard a bang.", "His brother Jonas", 0),
        ("Who heard a bang?", "Will heard a bang.", "Will", 0),
        ("How much did it cost in euros?", "It cost 40 million crowns.", "40 million crowns", 1),
        ("How much did it cost in euros?", "It cost €40 million.", "€40 million", 0),
        ("How much did it cost in dollars?", "It cost $40 million.", "$40 million", 0),
    ],
)  # fmt: skip
def test_the_form_of_an_answer(question: str, sentence: str, span: str, wrong: float) -> None:
    assert evidence(question, sentence, span).wrong_type == wrong


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        ("On what day did the fire break out?", "The fire broke out on Friday night.", 0),
        ("How many cars cross a day?", "It carries 7,300 cars, few at night.", 0),
        ("Who scored for Aville?", "Lind scored twice against Beeton.", 0),
        ("Who voted for the plan?", "Lind voted against the plan.", 1),
        ("How many voted against the plan?", "It had 30 votes for and 20 against.", 0),
        ("How many voted for the plan?", "Twenty voted against it, 30 for it.", 0),
        ("How long did the strike last?", "The first strike of drivers took three weeks.", 0),
        ("When did the war end?", "The end of the war, which began in 2019, came in May.", 0),
        ("Who won first prize?", "Lind has won prizes in the last two years.", 0),
        ("Who won first prize?", "Lind won the prize last week.", 0),
        ("Who won first prize?", "The prize was won by Lind, in a race that lasted three hours.", 0),
        ("Who came last?", "Lind came first.", 1),
        ("Who is the new coach?", "The coach, Anna Lind, is 42 years old.", 0),
        ("Who is the new coach?", "A 42-year-old is the coach.", 0),
        ("Who is mayor of New Dorf?", "Lind is mayor of the old town.", 0),
        ("When did the new bridge open?", "The old bridge opened in May.", 1),
        ("How did the girl die?", "A bear attacked the girl.", 0),
        ("When was Lind born?", "Lind died in 1990.", 1),
        ("How old is the coach?", "The new coach is 42.", 0),
        ("When does the festival begin?", "The festival is at the end of August.", 0),
        ("When did the strike begin?", "The strike ended in August.", 1),
        ("Which city gets most rangers?", "Aville gets at least 194 rangers.", 0),
        ("What is the largest town?", "Beeton is the smallest town.", 1),
        ("When did the ferry leave?", "The ferry sailed right after noon.", 0),
    ],
)  # fmt: skip
def test_what_turns_a_question_round(question: str, sentence: str, expected: float) -> None:
    assert opposed(question, sentence) == expected


@pytest.mark.parametrize(
    ("question", "sentence", "other"),
    [
        ("When will the bridge reopen?", "The bridge reopens on Friday.", 0),
        ("When will talks resume?", "Talks resume on Monday.", 0),
        ("When will the council hold a vote?", "The council holds a vote on 5 May.", 0),
        ("When will the bridge reopen?", "The bridge reopened on Friday.", 1),
        ("When will the bridge reopen?", "The bridge was closed on Friday.", 1),
        ("When will the bridge reopen?", "Two bridges were closed on Friday.", 1),
        ("When will Aville get a new bridge?", "The bridge opened on Friday.", 1),
        ("When will the ferry run again?", "The ferries ran on Friday.", 1),
    ],
)  # fmt: skip
def test_the_present_tense_with_a_day_tells_what_will_be(question: str, sentence: str, other: float) -> None:
    assert other_time(question, sentence) == other
