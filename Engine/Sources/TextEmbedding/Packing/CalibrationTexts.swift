/// Texts of the kinds that readers and catalogues bring, written for this
/// purpose: what they make of a model's inner values tells how far each ranges.
enum CalibrationTexts {
    static let all = [
        "a hopeful story about growing old",
        "murder in a monastery",
        "something funny for a long train ride, not too deep",
        "The Lighthouse at the End of the Year by Marta Okonjo",
        "A Short History of Salt: How One Mineral Fed, Taxed and Ruined Empires",
        "books like the one where the girl talks to the sea",
        "cosy mystery with cats",
        "9780441013593",
        "space opera, political intrigue, vol. 3",
        "",
        "Who were the first people to cross the desert by motor car, and why did nobody believe them?",
        "Two brothers inherit a failing orchard and cannot agree on anything but the cider. When a developer offers them a "
            + "fortune, the elder wants to sell, the younger to plant another thousand trees; their mother, who has not spoken to "
            + "either of them in years, arrives with a suitcase, a lawyer and a secret about the land.",
        "In this lucid introduction a working physicist explains, without a single equation, what black holes are, how we know "
            + "that they exist and what happens at their edges. Along the way she tells of rivalries, lucky mistakes and the "
            + "patient people who built detectors as large as cities to hear a sound fainter than a falling leaf.",
        "Detective Inspector Ruth Calloway has eleven days until retirement and one unsolved case: a child who walked out of a "
            + "school in 1987 and was never seen again. Now a photograph turns up in a charity shop, taken last summer, and the "
            + "girl in it wears the same red coat. \"Gripping\", \"unputdownable\", a winner of three prizes.",
        "Over one hundred recipes for weeknights: soups, dumplings, flat breads, pickles and puddings from the kitchens of "
            + "Georgia and Armenia, with notes on wine, walnuts and patience. Includes index, metric and US measures.",
        "The war is over, the king is dead and the dragons have asked for their hills back. Sixteen-year-old Ilse, apprenticed "
            + "to a cartographer who cannot read, is the only one who knows where the old border ran - and both armies know it.",
        "An essential guide to managing people in uncertain times. Drawing on thirty years of research and interviews with "
            + "leaders of hospitals, orchestras and fishing fleets, the author shows how trust is built, lost and repaired.",
        "A collection of poems about grief, gardens and the Welsh coast; tender, unsparing, often very funny.",
        "Set in Lagos, Lisbon and a refugee camp between them, this sweeping family saga follows four generations of women who "
            + "sew for a living: for brides, for soldiers, for a revolution, and at last for themselves. Translated from the "
            + "Portuguese.",
        "How do you tell a child that her dog has died? With warm watercolours and very few words this picture book answers a "
            + "hard question gently. Ages 4 to 8.",
        "He is the most feared assassin in the city. She is the librarian who caught him returning a book nine years late. A "
            + "slow-burn romance with magic, daggers and a great deal of tea.",
        "Ein alter Seemann erzählt die Geschichte seines Lebens: Stürme, Häfen, Lieben und ein Schiff, das nie ankam.",
        "Una novela sobre la memoria, el exilio y la música de los barrios de Buenos Aires.",
        "The complete stories, volume II (1931-1958). Edited with an introduction and notes; includes letters, a chronology & "
            + "previously unpublished drafts. ISBN 0-19-283398-2.",
        "What if the internet stopped working tomorrow? A near-future thriller of hackers, ham-radio operators and one very "
            + "stubborn grandmother, told in real time over 72 hours.",
        "Philosophy for people who distrust philosophers: free will, death, justice, other minds and whether the chair exists.",
        "She climbed K2 without oxygen, lost three toes and a husband, and went back. A memoir of obsession, friendship and the "
            + "thin line between courage and cruelty.",
        "zombie apocalypse!!! in a shopping mall, LOTS of blood, dark humor",
        "The cultural history of the umbrella from ancient China to the Paris commune, lavishly illustrated in colour.",
        "Learn to program in a weekend: a hands-on, project-based course for absolute beginners that covers variables, loops, "
            + "functions, files, testing and a small game; updated for the latest version.",
        "Mrs. Pym's boarding house has five lodgers, one bathroom and, since Tuesday, a body in the airing cupboard.",
        "A tender and devastating account of the last winter of a marriage, and of the small northern town that watched it end.",
    ]
}
