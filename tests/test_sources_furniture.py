"""What pages leave around an article goes, and nothing of the article with it."""

from __future__ import annotations

import json

import pytest

from tests.test_sources import BODY, one


@pytest.mark.parametrize(
    "leavings",
    [
        "Leave a Reply\n\nYour email address will not be published. Required fields are marked *",
        "Leave a Reply Cancel reply\nYour email address will not be published.\nRequired fields are marked *\nComment *"
        "\nName *\nEmail *\nWebsite\nSave my name, email, and website in this browser for the next time I comment.\nΔ",
        "We use cookies to improve your experience. Accept or read our policy.",
        "By continuing to use this site you agree to our use of cookies.\nAccept all",
        "Sign up for our newsletter",
        "Subscribe to our weekly newsletter and never miss an update!",
        "Get the best stories delivered to your inbox",
        "Share this article: Facebook | X | WhatsApp",
        "Share\nFacebook Twitter Email",
        "Click to share on Facebook (Opens in new window)",
        "![A ferry in the dock](https://example.org/ferry.jpg)",
        "[![A ferry](https://example.org/f.jpg)](https://example.org/large.jpg)",
        "Advertisement\nStory continues below advertisement",
        "Home | News | Sport | Contact",
        "© 2025 The Example Post. All rights reserved.",
        "Tags: ferry, harbour",
        "(c) 2025 The Example Post",
        "Copyright 2025 The Example Post. All rights reserved.",
        "Please log in to leave a comment.",
        "By clicking Accept, you consent to the use of cookies.",
        "Sign up now for our free newsletter",
        "Related: Mayor said to resign",
        "ALSO READ | Snow closes schools",
        "Read more: Mayor told to pay $5 million",
        "Copyright 2024 The Example Press. All rights reserved. This material may not be published, broadcast, rewritten or"
        " redistributed without permission.",
        "Copyright 2020-2024 The Example Post",
        "Copyright 2024. The Example Post.",
        "Sign up below to receive our daily newsletter",
        "Join thousands of readers who get our newsletter",
        "Subscribe to our newsletter for $1 a week",
        "We use cookies to improve your experience, according to our cookie policy.",
        "By continuing you agree to the use of cookies according to our privacy policy.",
        "You must be logged in to post a comment. Login",
        "Tags: ferry, harbour, 2024, 2025 election",
        "Tags: Covid-19, G7, Euro 2024",
    ],
)
def test_what_pages_leave_around_an_article_goes(leavings: str) -> None:
    row = {"title": "The ferry", "text": f"{leavings}\n\n{BODY}\n\n{leavings}"}
    assert one(json.dumps(row), "json").text == BODY


@pytest.mark.parametrize(
    "sentence",
    [
        "The bakery uses cookies made with local butter for its Christmas windows.",
        "Sign up for the run at the town hall by March 3.",
        "Subscribers of the paper will pay two dollars more, the publisher said.",
        "The council shares the cost with the county.",
        "Leave a reply unanswered and you lose a voter, the old mayor used to say.",
        "Readers who joined the newsletter in May were sent the wrong bill, the company admitted.",
        "Copyright law was changed in 2019.",
        "“We use cookies,” said the spy.",
        "By using the new road, drivers save ten minutes.",
        "(c) Shops on the east bank get 300 chairs each.",
        "Copyright 2019 rules let schools copy up to 10 pages, the judge wrote.",
        "Sign up for the county’s emergency e-mail alerts at harrow.example.org, the sheriff said.",
        "Join the mayor at 6 p.m. to stuff newsletters at the town hall.",
        "Register by March 3 to keep your place; 4,000 people are on the mailing list.",
        "By using the service you agreed to the privacy policy, the court held on Friday.",
        "By clicking on the link, you gave the thieves your cookies, and $40,000 was gone.",
        "Log in to post 300 pictures a day, the ring’s leader told recruits.",
        "Categories: men 40, women 31, youth 12",
        "Related: Case No. 14-223 and Case No. 15-001",
        "Related: three men were arrested on Tuesday",
        "Related | 14 | 22",
        "Don't miss: The harbour concert on Saturday at 7 p.m., free of charge.",
        "Website",
        "Name",
    ],
)
def test_sentences_that_only_look_alike_stay(sentence: str) -> None:
    assert sentence in one(json.dumps({"title": "The ferry", "text": f"{BODY}\n\n{sentence}"}), "json").text


def test_a_paragraph_or_caption_printed_twice_stands_once() -> None:
    caption = "The ferry in the dock of Quillmouth on Friday"
    assert (
        one(json.dumps({"title": "x", "text": f"{caption}\n{caption}\n{BODY}\n\n{caption}"}), "json").text.count(
            caption
        )
        == 1
    )
    assert one(json.dumps({"title": "x", "text": f"{caption} {caption}\n\n{BODY}"}), "json").text.count(caption) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Q: Did you take it?\nA: No, I did not take any of it.\nQ: Did she?\nA: No, I did not take any of it.\nHe left.",
        "CLERK: The motion is on the floor now\nMAYOR: No\nCLERK: The motion is on the floor now",
        "He did not say why he had left.\nIt rained.\nHe did not say why he had left.",
        "5 5 5 5 5 5 5 5 5 5\nThe game ended.",
        "yes yes yes yes yes yes yes yes yes yes\nThe vote ended.",
        "Home team 0 0 1 2 0\nHome team 0 0 1 2 0\nThe game ended.",
        "North | South | East\nNorth | South | East\nThe game ended.",
        "- Yes, the council said so\n- Not known to us\n- Yes, the council said so\nThe vote ended.",
        "Old iron sleeps beneath the bank\nand dreams of steam.\n\nOld iron sleeps beneath the bank\nand dreams of rust.",
        "पुल नौ सप्ताह के लिए बंद रहेगा।\nखर्च 24 लाख है।\nपुल नौ सप्ताह के लिए बंद रहेगा।",
    ],
)
def test_answers_sentences_and_rows_that_are_equal_all_stay(text: str) -> None:
    assert one(json.dumps({"title": "x", "text": text}), "json").text == text


def test_a_labelled_caption_printed_twice_stands_once() -> None:
    caption = "Photo: The ferry in the dock of Quillmouth"
    assert one(json.dumps({"title": "x", "text": f"{caption}\n{BODY}\n{caption}"}), "json").text == f"{caption}\n{BODY}"
