"""The sentence of every refusal, in both languages: what happened, what is safe, what to do."""

from live.codes import Code

SENTENCES: dict[Code, tuple[str, str]] = {
    Code.NOT_ALLOWED: (
        "Việc này không dành cho vị trí của bạn. Không có gì thay đổi.",
        "Your place here cannot do this. Nothing was changed.",
    ),
    Code.SIGNED_OUT: (
        "Phiên đăng nhập của bạn đã kết thúc nên chưa ghi gì. Chữ bạn viết vẫn còn đây; hãy đăng nhập lại rồi gửi lại.",
        "You are no longer signed in, so nothing was recorded. Your text is kept here; sign in, then send it again.",
    ),
    Code.NOT_FOUND: (
        "Không tìm thấy mục này. Có thể địa chỉ đã gõ sai.",
        "This was not found. The address may be mistyped.",
    ),
    Code.NOT_UNDERSTOOD: (
        "Máy chủ không hiểu yêu cầu này ({what}). Không có gì thay đổi; hãy tải lại trang rồi thử lại.",
        "The server did not understand this request ({what}). Nothing was changed; reload the page and try again.",
    ),
    Code.NOT_STORED: (
        "Máy chủ chưa ghi được vào đĩa. Nội dung vẫn còn trên máy của bạn và sẽ tự gửi lại.",
        "The server could not write to disk. Your text is still on your device and will be sent again.",
    ),
    Code.OTHER_BODY: (
        "Mã gửi này đã dùng cho một nội dung khác. Nội dung trước vẫn được lưu; hãy gửi lại như một lượt mới.",
        "This sending code was used for another text. The earlier one is stored; please send this as a new one.",
    ),
    Code.EMPTY: ("Chưa có nội dung. Hãy viết rồi gửi.", "There is no text yet. Please write it, then send."),
    Code.TOO_LONG: (
        "Dài {length} ký tự, quá giới hạn {limit}. Chưa gửi; hãy rút gọn, chữ bạn viết vẫn còn đây.",
        "This has {length} characters, over the limit of {limit}. Not sent; please shorten it, your text is kept here.",
    ),
    Code.NAME_MISSING: (
        "Hãy cho biết tên và xã, phường trước khi đặt câu hỏi.",
        "Please give your name and commune before asking.",
    ),
    Code.TOO_MANY: (
        "Bạn đang có {count} câu chờ, đã đủ giới hạn. Chữ vẫn còn đây; gửi được khi một câu có kết quả hoặc được rút.",
        "You have {count} questions waiting, the limit. Your text is kept; send it when one is handled or taken back.",
    ),
    Code.CLOSED: (
        "Phiên đối thoại hiện không nhận câu hỏi. Câu này chưa được gửi; chữ bạn viết vẫn còn đây.",
        "The dialogue takes no questions now. This one was not sent; your text is kept here.",
    ),
    Code.ASKING_STOPPED: (
        "Người điều hành đang tạm ngừng nhận câu hỏi mới. Chữ bạn viết vẫn còn đây; hãy gửi lại khi phiên nhận tiếp.",
        "New questions are not taken for the moment. Your text is kept here; please send it when they are again.",
    ),
    Code.WRONG_STATE: (
        "Mục này đang ở trạng thái khác nên không làm được việc đó. Hãy xem lại trạng thái hiện tại.",
        "This is in another state now, so that cannot be done. Please look at its present state.",
    ),
    Code.CLAIMED: (
        "{who} đang giữ câu này đến {until}. Hãy đợi, chọn câu khác, hoặc nhận thay và báo cho người đang giữ.",
        "{who} holds this question until {until}. Please wait, take another one, or take it over and tell them.",
    ),
    Code.STALE: (
        "Người khác vừa sửa mục này. Bản của bạn chưa lưu; bản hiện tại là: “{current}”.",
        "Somebody has just changed this. Yours is not saved; the present text is: “{current}”.",
    ),
    Code.STAGE_CHANGED: (
        "Người khác vừa chuyển câu trên màn hình. Hãy xem lại rồi bấm lại nếu vẫn cần.",
        "Somebody has just changed what is on the stage. Look again and press again if still needed.",
    ),
    Code.NEXT_CHANGED: (
        "Thứ tự vừa thay đổi, câu sắp mời nay là câu số {number}. Chưa mời ai; hãy xem lại rồi bấm lại.",
        "The order has just changed: next is question {number}. Nobody was called; look again and press again.",
    ),
    Code.STAGE_EMPTY: ("Chưa có câu hỏi nào đang được trả lời.", "No question is on the stage."),
    Code.OUTCOME_FIRST: (
        "Hãy ghi kết quả của câu số {number} trước khi mời câu tiếp theo.",
        "Please record what came of question {number} before calling the next.",
    ),
    Code.QUEUE_EMPTY: ("Chưa có câu nào được duyệt để mời lên.", "No approved question is waiting to be called."),
    Code.DECK_FULL: (
        "Đã có đủ hai câu chuẩn bị. Hãy đưa một câu về hàng chờ trước.",
        "Two questions are on deck already. Take one back to the queue first.",
    ),
    Code.LOCKED: (
        "Câu này đã ở vị trí chuẩn bị và được giữ chỗ. Hãy đưa về hàng chờ trước khi đổi thứ tự.",
        "This question is on deck and its place is locked. Take it back to the queue before moving it.",
    ),
    Code.REASON_MISSING: ("Hãy ghi lý do.", "Please give a reason."),
    Code.DATE_MISSING: (
        "Hãy chọn cơ quan và ngày phải trả lời.",
        "Please choose the agency and the date of the answer.",
    ),
    Code.NOT_ITSELF: ("Không thể gộp một câu vào chính nó.", "A question cannot be merged into itself."),
    Code.STILL_WAITING: (
        "Còn {count} câu chưa có kết quả. Hãy quyết định từng câu rồi kết thúc phiên.",
        "{count} questions still have no outcome. Please decide on each, then close.",
    ),
    Code.FROZEN: (
        "Biên bản đã ký nên không sửa được nữa. Điều cần sửa được ghi thành phụ lục.",
        "The minutes are signed and can no longer be changed. Corrections go into an addendum.",
    ),
    Code.NO_CLOCK: ("Đồng hồ chưa chạy.", "The clock has not been started."),
    Code.ALREADY_RECORDING: (
        "Nguồn tiếng “{source}” đang được thu.",
        "The sound source “{source}” is already being recorded.",
    ),
    Code.ALREADY_SIGNED: ("Đã ký ở vai này rồi.", "This signature has already been given."),
    Code.DEPARTS: (
        "Việc này khác với thứ tự đã công bố. Hãy ghi lý do; lý do được lưu cùng tên người làm.",
        "This departs from the order that was announced. Please give a reason; it is kept with your name.",
    ),
    Code.ENOUGH_CARDS: (
        "Đã in {count} phiếu, đủ giới hạn của một phiên. Chưa in thêm.",
        "{count} cards have been printed, which is the limit of a dialogue. No more were printed.",
    ),
    Code.CARD_USED: (
        "Phiếu số {card} đã được nhập rồi, là câu số {number}. Hãy xem lại số trên phiếu.",
        "Card {card} has been typed in already, as question {number}. Please look at the number on the card again.",
    ),
    Code.UNKNOWN_SITE: (
        "Phiên này không có điểm cầu “{what}”. Chưa ghi gì; hãy chọn một điểm cầu trong danh sách của phiên.",
        "This dialogue has no site “{what}”. Nothing was recorded; please choose one of its sites.",
    ),
    Code.OTHER_SITE: (
        "Việc này của nơi khác; vị trí của bạn là {site}. Chưa ghi gì; hãy báo bàn nhập câu hỏi của nơi ấy.",
        "This belongs elsewhere; your place is {site}. Nothing was recorded; please tell the desk there.",
    ),
    Code.NOT_LISTED: (
        "Lý do “{what}” không còn trong danh sách của phiên. Hãy chọn lại trong danh sách hiện tại.",
        "The reason “{what}” is not on the list of the dialogue any more. Please choose from the present list.",
    ),
    Code.ENOUGH_SITES: (
        "Một phiên có nhiều nhất {count} điểm cầu. Danh sách chưa lưu; hãy bớt đi rồi lưu lại.",
        "A dialogue has at most {count} sites. The list is not saved; please shorten it and save again.",
    ),
    Code.ENOUGH_PHOTOS: (
        "Câu này đã được gửi kèm ảnh {count} lần, đủ giới hạn. Ảnh này chưa gửi; câu hỏi vẫn được giữ.",
        "A photo was sent with this question {count} times, which is the limit. Not sent; the question is kept.",
    ),
    Code.PHOTO_CHANGED: (
        "Người hỏi vừa gửi ảnh khác. Chưa hiện ảnh nào; hãy xem ảnh mới rồi quyết định lại.",
        "The asker has just sent another photo. None is shown; look at the new one and decide again.",
    ),
    Code.NOT_A_PHOTO: (
        "Tệp này không đọc được như ảnh JPEG, PNG hay WebP. Ảnh chưa gửi, câu hỏi vẫn được giữ; hãy chọn ảnh khác.",
        "This is no readable JPEG, PNG or WebP picture. Not sent, the question is kept; please choose another.",
    ),
    Code.PHOTO_TOO_LARGE: (
        "Ảnh quá {limit} MB hoặc quá nhiều điểm ảnh. Ảnh chưa gửi, câu hỏi vẫn được giữ; hãy chọn ảnh nhỏ hơn.",
        "The photo is over {limit} MB or has too many pixels. Not sent, the question is kept; choose a smaller one.",
    ),
    Code.UNDO_GONE: (
        "Việc này không hoàn tác được nữa: đã hoàn tác rồi, hoặc đã có nhiều việc khác sau nó.",
        "This can no longer be undone: it was undone already, or much has been done since.",
    ),
    Code.GONE_ON: (
        "Đã có người làm tiếp với câu số {number} nên không hoàn tác được. Không có gì thay đổi.",
        "Somebody has gone on with question {number}, so this cannot be undone. Nothing was changed.",
    ),
    Code.REDACTED: (
        "Thông tin riêng đã lược thì không hoàn tác. Nếu lược nhầm chữ, hãy sửa lại câu.",
        "What was taken out as private is not undone. If other words went with it, please edit the question.",
    ),
    Code.EVIDENCE_MISSING: (
        "Chưa có gì cho thấy việc đã làm. Hãy ghi bằng chứng, hoặc dán địa chỉ trang có bằng chứng.",
        "Nothing shows yet what was done. Please write the evidence, or paste the address of a page that has it.",
    ),
    Code.NOT_A_LINK: (
        "Địa chỉ này không mở được cho mọi người. Hãy dán địa chỉ đầy đủ bắt đầu bằng https://; chưa ghi gì.",
        "Not everybody can open this address. Please paste a full one that begins with https://; nothing was recorded.",
    ),
    Code.HAND_UP: (
        "Bạn đang giơ tay rồi, số {number}. Chữ vẫn còn đây; muốn nói việc khác thì bỏ tay xuống trước.",
        "Your hand is up already, number {number}. Your words are kept; to speak of something else, lower it first.",
    ),
    Code.ABOUT_MISSING: (
        "Chưa rõ bạn muốn nói về việc gì. Hãy chọn một chủ đề hoặc viết vài chữ rồi giơ tay.",
        "What do you want to speak about? Please choose a topic or write a few words, then raise your hand.",
    ),
    Code.READ_BACK_FIRST: (
        "Hãy đọc lại cho người hỏi nghe rồi đánh dấu, hoặc ghi vì sao không đọc lại được. Chưa gửi; chữ vẫn còn đây.",
        "Please read it back to the asker and tick that, or say why you could not. Not recorded yet; the text is kept.",
    ),
    Code.FROM_A_PHONE: (
        "Câu số {number} do người hỏi tự gửi từ điện thoại, nên làm việc này trên máy ấy, hoặc nhờ người kiểm duyệt.",
        "Question {number} was sent by its asker's own phone: it is done there, or by a moderator who is asked to.",
    ),
    Code.NOT_FROM_A_PHONE: (
        "Câu số {number} do bàn nhập câu hỏi ghi vào, không từ điện thoại nào. Không có gì thay đổi.",
        "Question {number} was entered at a desk and came from no phone. Nothing was changed.",
    ),
    Code.SUSPENDED: (
        "Đang tạm ngừng nhận từ máy này: “{sentence}” Chưa gửi, chữ vẫn còn đây; cách hỏi tiếp ở “Câu của tôi”.",
        "Nothing new is taken from this phone: “{sentence}” Not sent, your text is kept; see “My questions”.",
    ),
    Code.SUSPENDED_ALREADY: (
        "{who} đã tạm ngừng nhận từ người này rồi. Lời của bạn chưa gửi; muốn đổi lời thì bấm “Nhận lại” trước.",
        "{who} has stopped taking from this person already. Yours was not sent; to change theirs, take again first.",
    ),
    Code.ASKER_SUSPENDED: (
        "Đang tạm ngừng nhận từ máy này nên không mời nói từ điện thoại được. Hãy bấm “Nhận lại” trước.",
        "Nothing new is taken from this phone, so it cannot be invited to speak. Take from it again first.",
    ),
    Code.SUSPENSION_APPEALED: (
        "Bạn đã đề nghị xem lại việc này một lần rồi; người kiểm duyệt đọc được. Cần ngay thì gặp bàn nhập câu hỏi.",
        "You have appealed against this once already; the moderators can read it. If it is urgent, go to the desk.",
    ),
    Code.NO_REMOTE_VOICE: (
        "Câu số {number} không phải tay giơ từ điện thoại, nên không mở micrô từ xa được; xin mời nói tại micrô.",
        "Question {number} is no hand raised on a phone, so there is none to open; please invite to a microphone.",
    ),
    Code.MICROPHONE_CLOSED: (
        "Micrô của điện thoại này đang đóng. Phần đã đến máy chủ còn nguyên; bạn nói tiếp được khi được mời lại.",
        "This phone's microphone is closed. What reached the server is safe; you can go on when invited again.",
    ),
    Code.NOT_YOUR_MICROPHONE: (
        "Nguồn tiếng này chỉ dành cho điện thoại của người đang được mời nói. Không có gì được thu từ máy này.",
        "This source is for the phone of whoever is invited to speak. Nothing is recorded from this device.",
    ),
    Code.ENOUGH_ADDED: (
        "Câu này đã được bổ sung {count} lần, đủ giới hạn. Phần này chưa gửi; hãy gửi như một câu mới.",
        "This question was added to {count} times, which is the limit. Not sent; please send it as a new question.",
    ),
    Code.ENOUGH_LABELS: (
        "Câu này đã có {count} nhãn, đủ giới hạn. Hãy bỏ một nhãn trước.",
        "This question has {count} labels, which is the limit. Please take one off first.",
    ),
    Code.APPEALED: (
        "Câu này đã được đề nghị xem lại một lần rồi. Bạn có thể gửi một câu mới.",
        "A second reading of this question was asked for once already. You may send a new question.",
    ),
    Code.APPEAL_ELSEWHERE: (
        "Bạn đã từ chối câu này, nên người kiểm duyệt khác đọc lại. Bạn vẫn có thể duyệt nếu đồng ý với người hỏi.",
        "You refused this question, so another moderator reads it again. You may still approve it if you agree.",
    ),
}
