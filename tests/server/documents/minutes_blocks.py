"""Invented minutes, as blocks."""

from live.compose import Block
from live.texts import Sealed


def block(key, kind, text, label="Nhãn", question=None):
    return Block(key, kind, label, Sealed(text), question)


def question(number):
    key = f"q{number}"
    return (
        block(f"{key}.heading", "heading", f"{number}. Một công dân ở xã Bình Sơn (phiếu số {number})", "", number),
        block(f"{key}.question", "paragraph", f"Câu hỏi thứ {number} về hồ sơ sổ đỏ?", "", number),
        block(f"{key}.answer", "paragraph", f"Lời đáp thứ {number}: hồ sơ đang ở xã.", "", number),
        block(f"{key}.outcome", "paragraph", "Đã trả lời tại chỗ.", "", number),
    )


def minutes(questions=3, **texts):
    """Blocks in the order of live.compose; `texts` replaces the text of a block by its key."""
    blocks = (
        block("superior", "field", "Ủy ban nhân dân tỉnh Minh Họa"),
        block("agency", "field", "Ủy ban nhân dân xã Bình Minh"),
        block("number", "field", "07/BB-UBND"),
        block("subject", "field", "Hội nghị đối thoại với Nhân dân"),
        block("started", "field", "07 giờ 30, ngày 05 tháng 3 năm 2026", "Thời gian bắt đầu"),
        block("place", "field", "Nhà văn hóa xã", "Địa điểm"),
        block("attendees", "paragraph", "Đại biểu và Nhân dân."),
        block("chair", "field", "Bà Nguyễn Thị Minh Họa", "Chủ trì (chủ tọa)"),
        block("secretary", "field", "Ông Lê Văn Minh Họa", "Thư ký (người ghi biên bản)"),
        block("opening", "paragraph", "Phiên đối thoại có ghi âm."),
        block("counts", "paragraph", "Tiếp nhận 34 ý kiến."),
        *(part for number in range(1, questions + 1) for part in question(number)),
        block("commitments", "paragraph", "1. Kè bờ sông.\n2. Phát tiền hỗ trợ.", "Nội dung cam kết"),
        block("conclusion", "paragraph", "Giao các cơ quan thực hiện.", "Kết luận của chủ tọa"),
        block("ended", "field", "11 giờ 45, ngày 05 tháng 3 năm 2026"),
        block("recipients", "paragraph", "- Như thành phần tham dự;\n- Lưu: VT, Hồ sơ."),
    )
    return tuple(
        block(one.key, one.kind, texts[one.key], one.label, one.question) if one.key in texts else one for one in blocks
    )
