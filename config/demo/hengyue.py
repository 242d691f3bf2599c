"""恒岳零售 on the day of the screens: who is how far, and why."""

from config.demo import hengyue_first
from config.demo.answering import deliver, texts_of
from config.demo.cohorts import Group
from config.demo.company import Company
from config.demo.leading import lead
from config.demo.mentoring import propose
from config.demo.path import Path
from config.demo.phases import core_skills, onboarding
from organizations import clock
from organizations.actions import stand_in
from programs.vocabulary import Outcome, Role

# Working days since each cohort began: nine months, 19 weeks, six weeks, and one that is still to come.
COHORTS = {
    195: ["pei_zhen", "meng_yuchen", "shao_lei"],
    92: ["lin_yuan", "xu_bowen", "he_siyuan", "tan_zimo", "ye_zhiqiu", "cheng_jingxing", "du_ruoxi", "fang_xiaotang", "luo_yiming"],
    30: ["bai_lu", "han_xue", "gu_mingyuan", "shen_jiahe", "jiang_yutong", "tian_xiaoman"],
    -15: ["qin_yue", "duan_hongyu"],
}
LATER = ("2.4.a", "2.4.b", "2.5.c")
TOPICS_DONE = ("2.3.c", *LATER)


def tell(company: Company, groups: list[Group]) -> None:
    """What happens in the running cohorts. Each path is told by whoever calls this."""
    spring, summer, coming = (group.paths for group in groups[1:])
    hengyue_first.tell(groups[0])
    _lin_yuan(spring["lin_yuan"])
    _xu_bowen(spring["xu_bowen"])
    _he_siyuan(spring["he_siyuan"])
    _tan_zimo(spring["tan_zimo"])
    _ye_zhiqiu(spring["ye_zhiqiu"])
    _cheng_jingxing(spring["cheng_jingxing"])
    _du_ruoxi(spring["du_ruoxi"])
    _fang_xiaotang(spring["fang_xiaotang"])
    _luo_yiming(spring["luo_yiming"])
    onboarding(summer["bai_lu"], late=-5, returns={"D2": ("weak",)})
    _han_xue(summer["han_xue"])
    _gu_mingyuan(summer["gu_mingyuan"])
    _shen_jiahe(summer["shen_jiahe"])
    _jiang_yutong(summer["jiang_yutong"])
    _tian_xiaoman(summer["tian_xiaoman"])
    propose(coming["qin_yue"], "wang_haitao", company.days.recently(40), accepted_by_mentor=True)
    propose(coming["duan_hongyu"], "li_jing", company.days.recently(35))


def name_stand_in(company: Company) -> None:
    """孙立群 is away for two weeks; 李静 signs for him."""
    days = company.days
    with clock.at(days.moment(days.ago(4), "16:30")):
        absent = company.people["sun_liqun"]
        stand_in.name(absent, company.people["li_jing"], by=absent, from_on=days.ago(3), until_on=days.ago(-6), today=days.ago(4))


def _lin_yuan(path: Path) -> None:
    """D6 is approved, D7 came back yesterday and its second version is being written, D8 is begun."""
    days, spoken = path.company.days, path.company.texts["lin_yuan_D7"]
    mentor = path.person(Role.MENTOR)
    opened = onboarding(path, returns={"D5": ("weak",)}, without=("D5",))
    _plan_of_lin_yuan(path)
    core_skills(path, max(opened, path.due("1.4.c")), without=("D6", "D7", "D8", "D9", "D10", *TOPICS_DONE))
    for task, ago in (("2.5.c", 4), ("2.3.c", 2), ("2.4.a", 1)):
        path.done(task, days.ago(ago))
    deliver(path, "D6", path.due("2.1.d", -5), soon=True)
    path.say("D6", days.ago(5), Role.LINE_MANAGER, spoken["D6_comment"], time="18:05")
    first = texts_of(path, "D7", "lin_yuan_weak")
    path.hand_in("D7", days.ago(3), first, time="21:08")
    path.say("D7", days.ago(1), Role.MENTOR, spoken["asks"], time="17:38")
    low = {"measurable": 1, "true_to_job": 3, "activity_serves_aim": 3, "transferable": 3}
    path.sign("D7", days.ago(1), mentor, Outcome.RETURNED, note=spoken["reason"], scores=low, time="17:42")
    path.say("D7", days.recently(100), Role.TRAINEE, spoken["answers"])
    path.say("D7", days.recently(82), Role.MENTOR, spoken["agrees"])
    path.draft("D7", days.recently(28), texts_of(path, "D7", "lin_yuan_draft"), without=("units", "technology"))
    path.draft("D8", days.ago(2), texts_of(path, "D8"), without=("attendance", "incidents", "my_review"))


def _plan_of_lin_yuan(path: Path) -> None:
    days = path.company.days
    spoken, day = path.company.texts, path.due("1.4.c", -4)
    path.hand_in("D5", day, texts_of(path, "D5", "weak"), time="19:30")
    path.sign("D5", days.shift(day, 1), path.person(Role.MENTOR), Outcome.RETURNED, note=spoken["returns"]["D5"]["reason"], time="11:05")
    again = days.shift(day, 4)
    path.hand_in("D5", again, texts_of(path, "D5"), note=spoken["returns"]["D5"]["answered"], base=day, time="20:14")
    scores = {"from_gaps": 3, "measurable": 3, "practice_first": 4, "support_secured": 3}
    path.sign("D5", days.shift(again, 1), path.person(Role.MENTOR), note=spoken["approvals"]["D5"][0], scores=scores, time="09:05")
    path.sign("D5", days.shift(again, 1), path.person(Role.LINE_MANAGER), note=spoken["agrees"]["line_manager"][1], time="11:32")
    for role, words in spoken["comments"]["D5"]:
        path.say("D5", days.shift(again, 2), role, words, time="10:20" if role == Role.LINE_MANAGER else "12:10")


def _xu_bowen(path: Path) -> None:
    """D7's second version waits for 周敏 since this morning."""
    days = path.company.days
    opened = onboarding(path, late=1)
    core_skills(path, opened, without=("D7", "D8", "D9", "D10", *TOPICS_DONE))
    path.hand_in("D7", days.ago(8), texts_of(path, "D7", "weak"))
    said = path.company.texts["returns"]["D7"]
    low = {"measurable": 1, "true_to_job": 3, "activity_serves_aim": 2, "transferable": 3}
    path.sign("D7", days.ago(6), path.person(Role.MENTOR), Outcome.RETURNED, note=said["reason"], scores=low)
    path.hand_in("D7", days.recently(180), texts_of(path, "D7"), note=said["answered"], base=days.ago(8))


def _he_siyuan(path: Path) -> None:
    """Ahead of the plan; the budget draft's third version has waited for five days."""
    days, spoken = path.company.days, path.company.texts
    opened = onboarding(path)
    core_skills(path, opened, ahead=14, without=("D10",))
    mentor = path.person(Role.MENTOR)
    for version, (weak, said) in enumerate((("weak", "D10"), ("weak2", "D10b"))):
        day = 17 - 6 * version
        path.hand_in(
            "D10",
            days.ago(day),
            texts_of(path, "D10", weak),
            note=spoken["returns"]["D10"]["answered"] if version else "",
            base=days.ago(17),
        )
        low = {"basis": 1 + version, "tied_to_business": 3, "complete": 3, "choices": 1}
        path.sign("D10", days.ago(day - 2), mentor, Outcome.RETURNED, note=spoken["returns"][said]["reason"], scores=low)
    for role, words in spoken["comments"]["D10"]:
        path.say("D10", days.ago(8), role, words, time="10:40" if role == Role.MENTOR else "15:15")
    path.hand_in("D10", days.ago(5), texts_of(path, "D10"), note=spoken["returns"]["D10b"]["answered"], base=days.ago(17))


def _tan_zimo(path: Path) -> None:
    """D8 is confirmed by the observer and waits for 周敏."""
    days = path.company.days
    opened = onboarding(path, returns={"D1": ("weak",)})
    core_skills(path, opened, ahead=6, without=("D8", "D9", "D10", *LATER))
    for role, words in path.company.texts["comments"]["D8"]:
        path.say("D8", days.ago(7), role, words, time="09:30" if role == Role.TRAINEE else "13:20")
    deliver(path, "D8", days.ago(3), signs=1, soon=True)


def _ye_zhiqiu(path: Path) -> None:
    """On plan; D9 waits since yesterday."""
    opened = onboarding(path)
    core_skills(path, opened, ahead=11, returns={"D6": ("weak",)}, without=("D9", "D10", "2.5.c"))
    path.hand_in("D9", path.company.days.ago(1), texts_of(path, "D9"))


def _cheng_jingxing(path: Path) -> None:
    """The quickest: all of phase 2 is approved, and the practice project is chosen; its sponsor has not answered yet."""
    opened = onboarding(path, late=-2)
    core_skills(path, opened, ahead=24, returns={"D9": ("weak",)})
    lead(path, 6)


def _du_ruoxi(path: Path) -> None:
    """Behind: the needs analysis is long overdue and lies as a draft; mentor and trainee have not met for five weeks."""
    days = path.company.days
    opened = onboarding(path, late=4, returns={"D3": ("weak",), "D5": ("weak",)}, met_until=24)
    path.done("2.1.a", days.shift(opened, 4))
    path.done("2.1.b", days.shift(opened, 9))
    path.draft("D6", days.ago(9), texts_of(path, "D6"), without=("needs", "not_training", "person_analysis"))


def _fang_xiaotang(path: Path) -> None:
    """D8 came back eight days ago and has not been handed in again; a date was moved."""
    days = path.company.days
    opened = onboarding(path, returns={"D2": ("weak",)})
    core_skills(path, opened, ahead=8, without=("D8", "D9", "D10", *LATER))
    path.move("2.3.d", days.ago(12), path.due("2.3.d", 5), by=path.company.people["song_jiayi"])
    path.hand_in("D8", days.ago(11), texts_of(path, "D8", "weak"))
    observer = path.person(Role.TRAINING_MANAGER)
    filled = path.answers("D8", Role.TRAINING_MANAGER, path.company.texts["D8"]["observer"], days.ago(10))
    path.sign("D8", days.ago(10), observer, answers=filled)
    low = {"planning": 3, "running_the_room": 3, "logistics": 2, "self_review": 1}
    path.sign("D8", days.ago(8), path.person(Role.MENTOR), Outcome.RETURNED, note=path.company.texts["returns"]["D8"]["reason"], scores=low)


def _luo_yiming(path: Path) -> None:
    """D6 was returned once and is through; activities are late, the micro-course is begun. The mentoring check failed at first."""
    days = path.company.days
    opened = onboarding(path, late=3)
    core_skills(
        path,
        opened,
        returns={"D6": ("weak",)},
        without=("D7", "D8", "D9", "D10", "2.2.c", "2.3.a", "2.3.b", "2.5.a", "2.5.b", *TOPICS_DONE),
    )
    path.check("C3", days.shift(path.due("1.4.a"), -5), Role.MENTOR, missing=("meetings_booked",), note="C3_failed")
    path.draft("D7", days.ago(3), texts_of(path, "D7"), without=("flow", "check", "deck", "guide"))


def _han_xue(path: Path) -> None:
    """All but the plan is done; the stand-in has approved it for the mentor, and it waits for the line manager."""
    days = path.company.days
    onboarding(path, late=-2, without=("D5",))
    path.hand_in("D5", days.ago(3), texts_of(path, "D5"))
    mentor = path.company.people["li_jing"]
    scores = {"from_gaps": 3, "measurable": 3, "practice_first": 3, "support_secured": 2}
    path.sign("D5", days.ago(2), mentor, note=path.company.texts["approvals"]["D5"][1], scores=scores)


def _gu_mingyuan(path: Path) -> None:
    """Behind: the handbook came back, a check was not passed, interviews have hardly begun."""
    days, spoken = path.company.days, path.company.texts
    onboarding(path, late=3, without=("D1", "D2", "D3", "D5", "C1", "C2", "1.3.a"))
    path.hand_in("D1", days.ago(13), texts_of(path, "D1", "weak"))
    path.sign("D1", days.ago(11), path.person(Role.BUSINESS_HEAD), note=spoken["agrees"]["business_head"][0])
    low = {"accurate": 3, "connected": 3, "training_lens": 1}
    path.sign("D1", days.ago(9), path.person(Role.HRBP), Outcome.RETURNED, note=spoken["returns"]["D1"]["reason"], scores=low)
    path.check("C1", days.ago(6), Role.TRAINING_MANAGER, missing=("export_data", "set_rights"), note="C1_failed")
    deliver(path, "D2", days.ago(10), number=1, about="tang_yuwei", signs=0)
    path.draft("D3", days.ago(5), texts_of(path, "D3"), without=("drawing", "gaps", "money"))


def _shen_jiahe(path: Path) -> None:
    """Half-way: the handbook is through, two interviews of four, the map waits for the mentor."""
    days = path.company.days
    onboarding(path, without=("D3", "D5", "C2"), interviews=3)
    deliver(path, "D3", days.ago(4), signs=1, soon=True)
    path.draft("D5", days.ago(1), texts_of(path, "D5"), without=("actions", "support", "check_ins"))


def _jiang_yutong(path: Path) -> None:
    """Three things wait for 周敏: the map, the interview with the HRBP, and the plan."""
    days = path.company.days
    onboarding(path, without=("D2", "D3", "D5", "C2"))
    for number, about in enumerate(path.company.cast["business_heads"], start=2):
        deliver(path, "D2", days.ago(15 - number), number=number, about=about)
    deliver(path, "D2", days.ago(5), number=1, about="wu_yue", signs=1, soon=True)
    deliver(path, "D3", days.ago(4), signs=1, soon=True)
    for role, words in path.company.texts["comments"]["D3"]:
        path.say("D3", days.ago(2), role, words, time="11:10" if role == Role.MENTOR else "16:45")
    path.hand_in("D5", days.ago(2), texts_of(path, "D5"))


def _tian_xiaoman(path: Path) -> None:
    """Signs in by employee number; an interviewee wants the notes changed, the map waits for the mentor."""
    days = path.company.days
    onboarding(path, late=2, without=("D1", "D2", "D3", "D5", "C1", "C2"))
    deliver(path, "D1", days.ago(6), signs=0)
    texts = {**path.company.texts["D2"]["li_jianguo"], "interviewee": "&li_jianguo", "setting": "@-3 15:00"}
    path.hand_in("D2", days.ago(7), {**texts, **path.company.texts["D2"]["weak"]}, number=1)
    interviewee = path.company.people["li_jianguo"]
    path.sign("D2", days.ago(5), interviewee, Outcome.RETURNED, number=1, note=path.company.texts["returns"]["D2"]["reason"])
    deliver(path, "D2", days.ago(9), number=2, about="ma_jun")
    deliver(path, "D3", days.ago(5), signs=1, soon=True)
