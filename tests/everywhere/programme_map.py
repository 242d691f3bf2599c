"""Every element of the source programme: id, Chinese and English name, as the programme map names them."""

PILLARS = {
    "PL1": ("专业知识与技能", "Professional knowledge and skills"),
    "PL2": ("业务思维与战略眼光", "Business thinking and strategic vision"),
    "PL3": ("领导力与影响力", "Leadership and influence"),
}
FRAME = {
    "CI1": (
        "从任务执行者到战略合作伙伴，从办活动到促绩效",
        "From task executor to strategic partner, from running events to driving performance",
    ),
    "CI2": ("可复制的培养体系，促进组织绩效", "A repeatable framework that lifts the organization"),
}
WORKFLOW_STEPS = 7  # WF1, 七步工作法
# id: name, and schedule kind and exit as the map's table says
PHASES = {
    "PH1": ("入职与融入期", "Onboarding and integration", "sequential", "all_required"),
    "PH2": ("核心技能学习期", "Core skills", "sequential", "practice_tasks"),
    "PH3": ("实战项目历练期", "Practice projects", "sequential", "project_closed"),
    "PH4": ("深化与拓展期", "Deepening and expansion", "continuous", "none"),
    "PH5": ("评估与认证期", "Assessment and certification", "recurring", "per_cycle"),
}
GOALS = {
    "PH1": "尽快熟悉环境，形成初步判断，融入团队与文化",
    "PH2": "系统掌握培训管理的知识、方法和七步工作法",
    "PH3": "在导师指导下独立负责一个完整项目，把所学变成能力",
    "PH4": "从合格到优秀，具备战略视野和创新能力",
    "PH5": "客观评估、给出反馈，决定能否独立承担更多职责",
}
MODULES = {
    "1.1": ("公司与业务概览", "Company and business overview"),
    "1.2": ("培训体系认知", "Training system orientation"),
    "1.3": ("角色与职责定位", "Role and responsibilities"),
    "1.4": ("导师制启动", "Mentorship kick-off"),
    "2.1": ("需求分析", "Needs analysis"),
    "2.2": ("计划与设计", "Planning and design"),
    "2.3": ("培训实施", "Delivery"),
    "2.4": ("效果评估", "Evaluation"),
    "2.5": ("体系运营", "Running the system"),
    "4.1": ("战略对齐能力", "Strategic alignment"),
    "4.2": ("数字化学习创新", "Digital learning innovation"),
    "4.3": ("数据驱动决策", "Data-driven decisions"),
    "4.4": ("跨部门领导力", "Cross-department leadership"),
    "5.1": ("绩效产出", "Performance output"),
    "5.2": ("能力评估", "Capability"),
    "5.3": ("个人发展", "Personal growth"),
    "5.4": ("认级与晋升", "Level and promotion"),
}
PROJECTS = {
    "3.A": ("新员工入职培训项目", "New-hire onboarding"),
    "3.B": ("核心岗位能力提升项目", "Core-role capability"),
    "3.C": ("内部分享师/微课开发项目", "Internal sharers and micro-courses"),
}
# id: module or projects it belongs to, name
DELIVERABLES = {
    "D1": ("1.1", "《公司业务知识手册》", "Company and business handbook"),
    "D2": ("1.1", "《业务部门访谈纪要》", "Business interview notes"),
    "D3": ("1.2", "《现有培训体系全景图》", "Map of the present training system"),
    "D4": ("1.3", "《岗位说明书》", "Role description"),
    "D5": ("1.4", "《个人发展计划》", "IDP"),
    "D6": ("2.1", "《培训需求分析报告》", "Training needs analysis"),
    "D7": ("2.2", "《一小时微课程》教案与课件", "One-hour micro-course"),
    "D8": ("2.3", "《小型分享会/工作坊组织记录》", "session"),
    "D9": ("2.4", "《柯氏一级/二级评估报告》", "Kirkpatrick level 1 and 2 report"),
    "D10": ("2.5", "《培训预算草案》", "budget"),
    "D11": (("3.A", "3.B", "3.C"), "《项目立项书》", "project charter"),
    "D12": (("3.A", "3.B", "3.C"), "《节点评审记录》", "gate review"),
    "D13": (("3.A", "3.B", "3.C"), "《项目总结与复盘报告》", "project summary and retrospective"),
    "D14": (("3.B",), "《柯氏三级/四级评估与投资回报报告》", "Kirkpatrick"),
    "D15": (("3.C",), "《内部分享师与微课目录》", "catalog"),
    "D16": ("4.1", "《年度培训规划》", "Annual training plan"),
    "D17": ("4.2", "《数字化学习试点方案与结果》", "pilot"),
    "D18": ("4.3", "《培训数据看板》", "dashboard"),
    "D19": ("4.4", "《跨部门协作与影响力记录》", "influence log"),
    "D20": ("5.3", "《个人学习总结与未来规划》", "learning summary"),
}
CHECKS = {"C1": "1.2", "C2": "1.3", "C3": "1.4"}
GATES = {"G1": "立项", "G2": "方案", "G3": "试点", "G4": "结项"}
SUCCESS_FACTORS = {
    "SF1": ("高层支持", "Sponsorship"),
    "SF2": ("导师质量", "Mentor quality"),
    "SF3": ("实践机会", "Real practice"),
    "SF4": ("容错文化", "Room to fail"),
    "SF5": ("持续反馈", "Continuous feedback"),
}
