/// How a language writes dates, after the Unicode CLDR.
///
/// In the patterns `d`, `M`, `y` are numbers, `dd`, `MM`, `yy` two digits of them, `MMM` and `MMMM` the month's short and
/// whole name and `EEEE` the day of the week; in those of times `H` is the hour of 24 and `h` of 12 with `a` for its half.
/// What stands in quotes is written as it is.
struct DateLanguage: Sendable {
    let months: [String]
    let shortMonths: [String]
    /// From Monday.
    let weekdays: [String]
    let shortDate: String
    let mediumDate: String
    let longDate: String
    let fullDate: String
    let time: String
    /// Stands between a short or medium date and its time.
    let joint: String
    /// Stands between a long or full date and its time.
    let longJoint: String

    /// The language of a tag; nil for one that is not known here.
    static func named(_ tag: String) -> DateLanguage? {
        byTag[tag] ?? byTag[LanguageTag.language(of: tag)]
    }

    private init(
        months: String, shortMonths: String, weekdays: String, dates: [String], time: String, joint: String,
        longJoint: String
    ) {
        self.months = months.split(separator: " ").map(String.init)
        self.shortMonths = shortMonths.split(separator: " ").map(String.init)
        self.weekdays = weekdays.split(separator: " ").map(String.init)
        shortDate = dates[0]
        mediumDate = dates[1]
        longDate = dates[2]
        fullDate = dates[3]
        self.time = time
        self.joint = joint
        self.longJoint = longJoint
    }

    private static let byTag: [String: DateLanguage] = [
        "en": english(["M/d/yy", "MMM d, y", "MMMM d, y", "EEEE, MMMM d, y"], time: "h:mm a"),
        "en-GB": english(["dd/MM/y", "d MMM y", "d MMMM y", "EEEE d MMMM y"], time: "HH:mm"),
        "de": DateLanguage(
            months: "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
            shortMonths: "Jan. Feb. März Apr. Mai Juni Juli Aug. Sept. Okt. Nov. Dez.",
            weekdays: "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag",
            dates: ["dd.MM.yy", "dd.MM.y", "d. MMMM y", "EEEE, d. MMMM y"], time: "HH:mm", joint: ", ",
            longJoint: " um "),
        "fr": DateLanguage(
            months: "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
            shortMonths: "janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.",
            weekdays: "lundi mardi mercredi jeudi vendredi samedi dimanche",
            dates: ["dd/MM/y", "d MMM y", "d MMMM y", "EEEE d MMMM y"], time: "HH:mm", joint: ", ", longJoint: " à "),
        "es": DateLanguage(
            months: "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
            shortMonths: "ene feb mar abr may jun jul ago sept oct nov dic",
            weekdays: "lunes martes miércoles jueves viernes sábado domingo",
            dates: ["d/M/yy", "d MMM y", "d 'de' MMMM 'de' y", "EEEE, d 'de' MMMM 'de' y"], time: "H:mm",
            joint: ", ", longJoint: ", "),
        "it": DateLanguage(
            months: "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
            shortMonths: "gen feb mar apr mag giu lug ago set ott nov dic",
            weekdays: "lunedì martedì mercoledì giovedì venerdì sabato domenica",
            dates: ["dd/MM/yy", "d MMM y", "d MMMM y", "EEEE d MMMM y"], time: "HH:mm", joint: ", ",
            longJoint: " alle ore "),
        "pt": DateLanguage(
            months: "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
            shortMonths: "jan. fev. mar. abr. mai. jun. jul. ago. set. out. nov. dez.",
            weekdays: "segunda-feira terça-feira quarta-feira quinta-feira sexta-feira sábado domingo",
            dates: ["dd/MM/y", "d 'de' MMM 'de' y", "d 'de' MMMM 'de' y", "EEEE, d 'de' MMMM 'de' y"], time: "HH:mm",
            joint: ", ", longJoint: " às "),
        "nl": DateLanguage(
            months: "januari februari maart april mei juni juli augustus september oktober november december",
            shortMonths: "jan feb mrt apr mei jun jul aug sep okt nov dec",
            weekdays: "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag",
            dates: ["dd-MM-y", "d MMM y", "d MMMM y", "EEEE d MMMM y"], time: "HH:mm", joint: ", ", longJoint: " om "),
        "ja": eastern(
            weekdays: "月曜日 火曜日 水曜日 木曜日 金曜日 土曜日 日曜日",
            dates: ["y/MM/dd", "y/MM/dd", "y年M月d日", "y年M月d日EEEE"], time: "H:mm"),
        "zh": eastern(
            weekdays: "星期一 星期二 星期三 星期四 星期五 星期六 星期日",
            dates: ["y/M/d", "y年M月d日", "y年M月d日", "y年M月d日EEEE"], time: "HH:mm"),
    ]

    private static func english(_ dates: [String], time: String) -> DateLanguage {
        DateLanguage(
            months: "January February March April May June July August September October November December",
            shortMonths: "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
            weekdays: "Monday Tuesday Wednesday Thursday Friday Saturday Sunday", dates: dates, time: time,
            joint: ", ", longJoint: " at ")
    }

    /// Languages whose months are numbers.
    private static func eastern(weekdays: String, dates: [String], time: String) -> DateLanguage {
        let numbers = (1...12).map { "\($0)月" }.joined(separator: " ")
        return DateLanguage(
            months: numbers, shortMonths: numbers, weekdays: weekdays, dates: dates, time: time, joint: " ",
            longJoint: " ")
    }
}
